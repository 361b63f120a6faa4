import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readersTemplate } from '../../packages/readers/src/index.js';
import { readersJsonSchema } from './readers-schema.js';

const text = readFileSync(new URL('../../packages/cli/readers.schema.json', import.meta.url), 'utf8');
const accepts = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(JSON.parse(text));
const example = parse(
  readersTemplate({ name: 'colour', dataset: { path: 'data', layout: 'kaggle', positive: 'P' }, readers: 3 }),
);

describe('readers.schema.json', () => {
  it('is what `npm run docs:generate` writes', () => {
    expect(text).toBe(readersJsonSchema());
  });

  it('accepts what `readers init` writes', () => {
    expect(accepts(example), JSON.stringify(accepts.errors)).toBe(true);
  });

  it.each<[what: string, change: object]>([
    ['a key that does not exist', { sede: 1 }],
    ['a missing key', { cases: undefined }],
    ['a word that is none of the choices', { design: { kind: 'random' } }],
    ['a number out of range', { design: { washout: -1 } }],
    ['one arm', { arms: [{ name: 'gray', control: true, colour: 'none' }] }],
  ])('refuses %s', (_, change) => {
    expect(accepts({ ...example, ...change })).toBe(false);
  });

  it('says what its own keys mean', () => {
    const { properties } = JSON.parse(text) as {
      properties: Record<string, { properties?: Record<string, { description?: string }> }>;
    };
    for (const section of ['design', 'scale', 'image']) {
      for (const [key, { description }] of Object.entries(properties[section]!.properties!))
        expect(description, key).toBeTruthy();
    }
  });
});
