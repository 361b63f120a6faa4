import { counted, isChromarayError } from '@chromaray/base';
import { refuseUnknownFindings } from '@chromaray/data';
import { openExecution } from '@chromaray/remote';
import { readStudyFile, runStudy, studyVocabulary } from '@chromaray/study';
import type { SlurmFlags } from '../commands/slurm-options.js';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { executionChoice } from './execution-choice.js';

export interface StudySubmitOptions extends SlurmFlags {
  readonly studies: string;
  readonly exchange?: string;
  readonly acceptRisk: readonly string[];
  readonly retrain?: boolean;
  readonly json?: boolean;
}

/** What `chromaray study submit <study.yaml>` does. */
export async function studySubmitAction(file: string, options: StudySubmitOptions, context: Context): Promise<void> {
  refuseUnknownFindings(options.acceptRisk);
  const study = readStudyFile(file, studyVocabulary);
  const execution = executionChoice(study, { ...options, slurm: true });
  const leave = new AbortController();
  const arrays: { readonly job: number; readonly trials: number }[] = [];
  try {
    await runStudy(study, {
      studies: options.studies,
      acceptRisks: options.acceptRisk,
      retrain: options.retrain ?? false,
      openExecution: ({ name }, { root }) => {
        const onSubmitted = (job: number, trials: number, last: boolean): void => {
          arrays.push({ job, trials });
          if (last) leave.abort();
        };
        return openExecution(execution, { study: name, folder: root, studies: options.studies, onSubmitted });
      },
      onEvent: showStudyEvents(context.progress),
      signal: AbortSignal.any([context.signal, leave.signal]),
    });
  } catch (error) {
    const left = isChromarayError(error) && error.code === 'CHROMARAY_INTERRUPTED' && leave.signal.aborted;
    if (!left || context.signal.aborted) throw error;
  }
  context.progress.end();
  if (options.json) writeJson(context.out, { study: study.name, arrays });
  else context.out.write(`${sentence(file, arrays)}\n`);
}

function sentence(file: string, arrays: readonly { readonly job: number; readonly trials: number }[]): string {
  const trials = arrays.reduce((sum, array) => sum + array.trials, 0);
  if (trials === 0) return 'Nothing was submitted: every trial has its result.';
  const jobs = arrays.map(({ job }) => job).join(', ');
  return `Submitted ${counted(trials, 'trial')} as Slurm job ${jobs}. "chromaray study run ${file} --slurm" follows them and writes the report.`;
}
