import path from 'node:path';
import { mostCells } from '@chromaray/contracts';
import { refuseUnknownFindings } from '@chromaray/data';
import { openExecution } from '@chromaray/remote';
import { readStudyFile, runStudy, studyVocabulary } from '@chromaray/study';
import type { ExecutionOptions } from '../commands/execution-options.js';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { formatVerdict } from '../terminal/verdict.js';
import { executionChoice } from './execution-choice.js';
import { unwatched, watchInBrowser } from './watch-in-browser.js';

export interface StudyRunOptions extends ExecutionOptions {
  readonly studies: string;
  readonly acceptRisk: readonly string[];
  readonly retrain?: boolean;
  readonly amend?: string;
  readonly open?: boolean;
  /** Also more than 64 arms of a factorial. */
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** What `chromaray study run <study.yaml>` does. */
export async function studyRunAction(file: string, options: StudyRunOptions, context: Context): Promise<void> {
  refuseUnknownFindings(options.acceptRisk);
  const study = readStudyFile(file, studyVocabulary, options.yes ? mostCells : undefined);
  const execution = executionChoice(study, options);
  if (execution.on !== 'local') {
    context.answerInterrupt('Leaving. Trials that were given out go on; the same command finds them again.');
  }
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
      openExecution: ({ name }, { root }) =>
        openExecution(execution, { study: name, folder: root, studies: options.studies }),
      onEvent: (event) => {
        watched.begun();
        show(event);
      },
      signal: context.signal,
    });
    context.progress.end();
    if (options.json) writeJson(context.out, { ...outcome.verdict, folder: outcome.folder.root });
    else printText(context.out, formatVerdict(outcome.verdict, outcome.folder, lineWidth(context.out)));
    await watched.untilInterrupted();
  } finally {
    await watched.stop();
  }
}
