import type { Paper } from '@chromaray/pages';
import { rebuildReport } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { formatVerdict } from '../terminal/verdict.js';

export interface StudyReportOptions {
  readonly masks?: string;
  readonly studies: string;
  readonly out?: string;
  readonly pdf?: Paper;
  readonly pictures: boolean;
  readonly json?: boolean;
}

/** What `chromaray study report <study>` does. */
export async function studyReportAction(study: string, options: StudyReportOptions, context: Context): Promise<void> {
  const { verdict, folder } = await rebuildReport(study, options.studies, {
    pdf: options.pdf,
    pictures: options.pictures,
    out: options.out,
    ...(options.masks === undefined ? {} : { masks: options.masks }),
    onEvent: showStudyEvents(context.progress),
    signal: context.signal,
  });
  context.progress.end();
  if (options.json)
    writeJson(context.out, {
      ...verdict,
      folder: folder.root,
      ...(options.pdf === undefined ? {} : { pdf: folder.pdf, summaryPdf: folder.summaryPdf }),
    });
  else {
    printText(context.out, formatVerdict(verdict, folder, lineWidth(context.out)));
    if (options.pdf !== undefined) printText(context.out, `${folder.pdf}\n${folder.summaryPdf}`);
  }
}
