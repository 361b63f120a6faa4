import { z } from 'zod';
import { readersFileSchema } from '../../packages/contracts/src/index.js';
import { describe, meanings, type Node, nameMaps } from './study-schema.js';

/**
 * The JSON Schema of reader-study files, for editors: made from the schema that the program checks them by, with the
 * meanings from docs/reader-studies.md, and from docs/study-file.md for the keys that study files have too.
 */
export function readersJsonSchema(): string {
  const schema = z.toJSONSchema(readersFileSchema, { io: 'input', target: 'draft-7' }) as Node;
  const shared = [...meanings('study-file.md')]
    .filter(([key]) => /^(dataset|arms)\b/.test(key))
    .map(([key, meaning]) => [key.startsWith('dataset') ? `cases.${key}` : key, meaning] as const);
  describe(schema, '', new Map([...shared, ...meanings('reader-studies.md')]));
  const { arms } = schema.properties as { arms: Node };
  arms.minItems = 2;
  arms.contains = { properties: { control: { const: true } }, required: ['control'] };
  nameMaps(arms);
  const title = 'A reader-study file of Chromaray';
  return `${JSON.stringify({ $schema: schema.$schema, title, ...schema }, null, 2)}\n`;
}
