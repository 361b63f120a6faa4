import path from 'node:path';
import { readersDemo } from '@chromaray/readers';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { writeReaderConclusion } from './reader-conclusion.js';
import { formatAnalysis } from './readers-analyse.js';

export interface ReadersDemoOptions {
  readonly out: string;
  readonly json?: boolean;
}

/** What `chromaray readers demo` does. */
export async function readersDemoAction({ out, json }: ReadersDemoOptions, context: Context): Promise<void> {
  const { progress, signal } = context;
  progress.note(
    `Five simulated readers read phantoms in gray and in turbo, through the page that people read on, on a clock that runs ahead. Everything goes to ${out}.`,
  );
  const { analysis, read } = await readersDemo({ out, onEvent: showStudyEvents(progress), signal });
  progress.end();
  const { folder } = read.study;
  await writeReaderConclusion(read, analysis);
  const ratings = path.relative('', folder.ratings);
  if (json) writeJson(context.out, { ...analysis, folder: folder.root });
  else
    printText(
      context.out,
      [
        formatAnalysis(analysis, lineWidth(context.out)),
        '',
        `Report: ${folder.report}`,
        'Simulated readers, synthetic X-rays: this says how a study works, and nothing about colour.',
        `Next: plan a study with these readings as a pilot: chromaray readers plan --pilot ${ratings}`,
      ].join('\n'),
    );
}
