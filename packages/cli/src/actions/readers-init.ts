import { existsSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from '@chromaray/base';
import type { Layout } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { parseReadersFile, readersTemplate } from '@chromaray/readers';
import { studyNameOf } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';
import { schemaFor } from './schema-for.js';

export interface ReadersInitOptions {
  readonly data: string;
  readonly layout: Layout;
  readonly positive: string;
  readonly readers: number;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** What `chromaray readers init <readers.yaml>` does. */
export function readersInitAction(file: string, options: ReadersInitOptions, context: Context): void {
  if (existsSync(file) && !options.force) {
    throw codedError('CHROMARAY_USAGE_FILE_EXISTS', { message: `${file} is there already.`, details: { file } });
  }
  const { data, layout, positive, readers } = options;
  const place = path.relative(path.dirname(path.resolve(file)), path.resolve(data)) || '.';
  const text = readersTemplate({
    ...{ name: studyNameOf(file), dataset: { path: place, layout, positive }, readers },
    schema: schemaFor(file, 'readers.schema.json'),
  });
  const { name } = parseReadersFile(text, file);
  writeFileAtomic(file, text);
  if (options.json) writeJson(context.out, { study: name, file });
  else printText(context.out, `${file} is written. Edit it, then: chromaray readers register ${file}`);
}
