import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { blocksOf, pages } from '../../docs/pages.test-support.js';
import { allKeys, studyFileSchema } from '../../packages/contracts/src/index.js';
import { studyTemplate } from '../../packages/study/src/index.js';
import { studyJsonSchema } from './study-schema.js';

const text = readFileSync(new URL('../../packages/cli/study.schema.json', import.meta.url), 'utf8');
const accepts = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(JSON.parse(text));

const examples = pages.flatMap((page) =>
  blocksOf(page)
    .filter(({ language, text }) => language === 'yaml' && /^name: /m.test(text))
    .map((block) => [page, block.text] as const),
);
const example = parse(examples[0]![1]);

interface Node {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node | readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
}

/** Every key of the schema with its description. */
function descriptions(node: Node, path = ''): readonly (readonly [key: string, description: string | undefined])[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const key = path === '' ? name : `${path}.${name}`;
    return [[key, child.description] as const, ...descriptions(child, key)];
  });
  const within = [node.items ?? [], node.anyOf ?? [], node.oneOf ?? []].flat();
  return [...own, ...within.flatMap((child) => descriptions(child, path))];
}

const accepted = Object.fromEntries(descriptions(JSON.parse(text)));

describe('study.schema.json', () => {
  it('is what `npm run docs:generate` writes', () => {
    expect(text).toBe(studyJsonSchema());
  });

  it.each([...examples, ['study init', studyTemplate()] as const])('accepts the study file of %s', (_page, yaml) => {
    expect(accepts(parse(yaml)), JSON.stringify(accepts.errors)).toBe(true);
  });

  it('says what every key means', () => {
    const keys = Object.keys(accepted);
    // How a searched key is drawn is said once for all.
    const said = (key: string): boolean => accepted[key] !== undefined || /^tune\.space\..*\.(linear|log)$/.test(key);
    expect(keys.filter((key) => !said(key))).toEqual(['arms.training.weightDecay', 'training.weightDecay']);
    expect(keys.sort()).toEqual([...allKeys(studyFileSchema)].sort());
  });

  it.each<[what: string, change: object]>([
    ['a key that does not exist', { sede: 1 }],
    ['a missing key', { model: undefined }],
    ['neither arms nor factors', { arms: undefined }],
    ['a wrong type', { training: { epochs: 'many' } }],
    ['a number out of range', { image: { size: 4 } }],
    ['a word that is none of the choices', { split: { method: 'random' } }],
    ['a key of another section', { training: { margin: 0.1 } }],
    ['one arm alone', { arms: [example.arms[0]] }],
    ['no control', { arms: example.arms.slice(1) }],
    ['an arm without a name', { arms: [{ control: true, colour: 'none' }, example.arms[1]] }],
    ['a colour map that nobody knows', { arms: [example.arms[0], { name: 'a', colour: { map: 'turbro' } }] }],
    ['a colour of two kinds', { arms: [example.arms[0], { name: 'a', colour: { map: 'jet', learned: true } }] }],
    ['a preset that nobody knows', { model: { preset: 'gray-fnal' } }],
    ['no network', { model: {} }],
    ['a range of three', { balance: { method: 'augment', augmentation: { zoom: [1, 1, 1] } } }],
    ['a negative seed', { seeds: [-1] }],
    ['a backend that nobody knows', { training: { backend: 'torch' } }],
    ['a margin that no AUROC can have', { endpoint: { margin: 2 } }],
    ['a text for the data set', { dataset: 'chest_xray' }],
  ])('refuses %s', (_what, change) => {
    expect(accepts(JSON.parse(JSON.stringify({ ...example, ...change })))).toBe(false);
  });
});
