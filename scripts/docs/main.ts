import { writeFileSync } from 'node:fs';
import { errorPage } from './error-page.js';
import { readersJsonSchema } from './readers-schema.js';
import { studyJsonSchema } from './study-schema.js';

/** Writes what is generated from the sources and kept in the repository. */
const written = {
  '../../docs/errors.md': errorPage,
  '../../packages/cli/study.schema.json': studyJsonSchema,
  '../../packages/cli/readers.schema.json': readersJsonSchema,
};
for (const [file, text] of Object.entries(written)) writeFileSync(new URL(file, import.meta.url), text());
