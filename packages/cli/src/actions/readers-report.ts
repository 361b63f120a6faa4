import { writeFileAtomic } from '@chromaray/base';
import { concludeReaders, readReadersFile, readStudy } from '@chromaray/readers';
import { writeLongCsv } from '@chromaray/results';
import { writeArtefact } from '@chromaray/store';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { formatAnalysis, networksBeside } from './readers-analyse.js';

export interface ReadersReportOptions {
  readonly studies: string;
  readonly networks?: string;
  readonly json?: boolean;
}

/** What `chromaray readers report <readers.yaml>` does. */
export function readersReportAction(
  file: string,
  { studies, networks, json }: ReadersReportOptions,
  context: Context,
): void {
  const read = readStudy(readReadersFile(file), studies);
  const analysis = concludeReaders(read, networks === undefined ? undefined : networksBeside(networks));
  const { folder } = read.study;
  writeFileAtomic(folder.ratings, writeLongCsv(read.ratings));
  writeArtefact('readers', folder.analysis, analysis);
  if (json) writeJson(context.out, { ...analysis, folder: folder.root });
  else printText(context.out, `${formatAnalysis(analysis, lineWidth(context.out))}\n\nFolder ${folder.root}`);
}
