import path from 'node:path';
import { mostCells } from '@chromaray/contracts';
import { refuseUnknownFindings } from '@chromaray/data';
import { readStudyFile, runStudy, studyVocabulary } from '@chromaray/study';
import type { SlurmFlags } from '../commands/slurm-options.js';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { formatVerdict } from '../terminal/verdict.js';
import { openSlurm } from './slurm.js';
import { unwatched, watchInBrowser } from './watch-in-browser.js';

export interface StudyRunOptions extends SlurmFlags {
  readonly studies: string;
  readonly acceptRisk: readonly string[];
  readonly retrain?: boolean;
  readonly amend?: string;
  readonly open?: boolean;
  readonly slurm?: boolean;
  /** Also more than 64 arms of a factorial. */
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** What `chromaray study run <study.yaml>` does. */
export async function studyRunAction(file: string, options: StudyRunOptions, context: Context): Promise<void> {
  refuseUnknownFindings(options.acceptRisk);
  const study = readStudyFile(file, studyVocabulary, options.yes ? mostCells : undefined);
  const watched = options.open
    ? await watchInBrowser(path.dirname(path.resolve(file)), options.studies, study.name, context)
    : unwatched;
  try {
    const show = showStudyEvents(context.progress);
    const outcome = await runStudy(study, {
      studies: options.studies,
      acceptRisks: options.acceptRisk,
      retrain: options.retrain ?? false,
      amend: options.amend,
      onEvent: (event) => {
        watched.begun();
        show(event);
      },
      signal: context.signal,
      ...(options.slurm ? { openExecution: openSlurm(options, options.studies) } : {}),
    });
    context.progress.end();
    if (options.json) writeJson(context.out, { ...outcome.verdict, folder: outcome.folder.root });
    else printText(context.out, formatVerdict(outcome.verdict, outcome.folder, lineWidth(context.out)));
    await watched.untilInterrupted();
  } finally {
    await watched.stop();
  }
}
