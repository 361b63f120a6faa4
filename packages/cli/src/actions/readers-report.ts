import { concludeReaders, readReadersFile, readStudy } from '@chromaray/readers';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { writeReaderConclusion } from './reader-conclusion.js';
import { formatAnalysis, networksBeside } from './readers-analyse.js';

export interface ReadersReportOptions {
  readonly studies: string;
  readonly networks?: string;
  readonly json?: boolean;
}

/** What `chromaray readers report <readers.yaml>` does. */
export async function readersReportAction(
  file: string,
  { studies, networks, json }: ReadersReportOptions,
  context: Context,
): Promise<void> {
  const read = readStudy(readReadersFile(file), studies);
  const analysis = concludeReaders(read, networks === undefined ? undefined : networksBeside(networks));
  const { folder } = read.study;
  await writeReaderConclusion(read, analysis);
  if (json) writeJson(context.out, { ...analysis, folder: folder.root });
  else printText(context.out, `${formatAnalysis(analysis, lineWidth(context.out))}\n\nReport: ${folder.report}`);
}
