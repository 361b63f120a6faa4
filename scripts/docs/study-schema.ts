import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { studyFileSchema } from '../../packages/contracts/src/index.js';
import { colouringNames, colourMapNames } from '../../packages/imaging/src/index.js';
import { networkPresets } from '../../packages/study/src/study-file/network-presets.js';

export type Node = {
  [key: string]: unknown;
  properties?: Record<string, Node>;
  items?: Node;
  anyOf?: Node[];
  oneOf?: Node[];
};

/**
 * The JSON Schema of study files, for editors: made from the schema that the program checks them by, with the meaning of
 * every key from docs/study-file.md, the names that this version knows, and those rules over several keys that JSON
 * Schema can say. Draft 7, which the editors' YAML support understands.
 */
export function studyJsonSchema(): string {
  const schema = z.toJSONSchema(studyFileSchema, { io: 'input', target: 'draft-7' }) as Node;
  describe(schema, '', meanings('study-file.md'));
  const { arms, model } = schema.properties as { arms: Node; model: Node };
  // Factors make the arms.
  schema.required = (schema.required as string[]).filter((key) => key !== 'arms');
  schema.anyOf = [{ required: ['arms'] }, { required: ['factors'] }];
  arms.minItems = 2;
  arms.contains = { properties: { control: { const: true } }, required: ['control'] };
  model.anyOf = [{ required: ['preset'] }, { required: ['onnx'] }, { required: ['layers'] }];
  model.properties!.preset = { ...model.properties!.preset, enum: networkPresets().map(({ name }) => name) };
  const own = arms.items!.properties!.model!;
  own.properties!.preset = { ...own.properties!.preset, enum: networkPresets().map(({ name }) => name) };
  nameMaps(arms);
  const title = 'A study file of Chromaray';
  return `${JSON.stringify({ $schema: schema.$schema, title, ...schema }, null, 2)}\n`;
}

/** Lets editors offer the names of maps that this version knows. */
export function nameMaps(arms: Node): void {
  for (const { properties } of arms.items!.properties!.colour!.anyOf!) {
    for (const [key, names] of [
      ['map', colouringNames],
      ['of', colourMapNames],
    ] as const)
      if (properties?.[key]) properties[key] = { ...properties[key], enum: names };
  }
}

/** Sets the description of every key below a node. */
export function describe(node: Node, path: string, known: ReadonlyMap<string, string>): void {
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    const place = path === '' ? key : `${path}.${key}`;
    // An arm's keys in place of a section's mean what they mean there, and those of layers in a residual what they mean outside.
    const outside = place.replace(/^arms\./, '').replace('model.layers.layers.', 'model.layers.');
    const meaning = known.get(place) ?? known.get(outside);
    if (meaning !== undefined && meaning !== '') child.description = meaning;
    describe(child, place, known);
  }
  if (node.items !== undefined) describe(node.items, path, known);
  for (const option of [...(node.anyOf ?? []), ...(node.oneOf ?? [])]) describe(option, path, known);
}

/** The last column of a page's tables by key, as plain text. */
export function meanings(name: string): ReadonlyMap<string, string> {
  const page = readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z][\w.]*)` \|[^|]*\| (.*) \|$/gm)];
  return new Map(rows.map(([, key, meaning]) => [key!, plain(meaning!)]));
}

function plain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .trim();
}
