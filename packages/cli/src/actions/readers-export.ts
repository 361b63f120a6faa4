import { readReadersFile, readStudy } from '@chromaray/readers';
import type { Context } from '../context.js';
import { type ConvertedFormat, writeConverted } from './readers-convert.js';

export interface ReadersExportOptions {
  readonly studies: string;
  readonly to: ConvertedFormat;
  readonly out?: string;
  readonly json?: boolean;
}

/** What `chromaray readers export <readers.yaml>` does. */
export function readersExportAction(
  file: string,
  { studies, to, out, json = false }: ReadersExportOptions,
  context: Context,
): void {
  const { study, ratings } = readStudy(readReadersFile(file), studies);
  const places = { csv: study.folder.ratings, imrmc: study.folder.imrmc, rjafroc: study.folder.rjafroc };
  writeConverted(ratings, { to, out: out ?? places[to], title: study.study, json }, context);
}
