import path from 'node:path';
import { readStudyStatus, type StudyStatus } from '@chromaray/study';
import { type Context, lineWidth } from '../context.js';
import { writeJson } from '../report-error.js';
import { formatSeconds } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';
import { wrap } from '../terminal/wrap.js';

export interface StudyStatusOptions {
  readonly studies: string;
  readonly watch?: boolean;
  readonly from?: number;
  readonly json?: boolean;
}

/** What `chromaray study status <study>` does. */
export function studyStatusAction(study: string, options: StudyStatusOptions, context: Context): void {
  const status = readStudyStatus(study, options.studies);
  if (options.json) writeJson(context.out, status);
  else context.out.write(`${formatStatus(status, lineWidth(context))}\n`);
}

function formatStatus(status: StudyStatus, width: number): string {
  const done = status.trials.filter((trial) => trial.status === 'done').length;
  const rows = status.trials.map((trial) => [
    trial.arm,
    trial.seed,
    trial.status,
    trial.epochsDone,
    trial.validationAuroc === null ? '–' : trial.validationAuroc.toFixed(3),
    trial.seconds === null ? '–' : formatSeconds(trial.seconds),
    trial.idleShare === null ? '–' : `${(100 * trial.idleShare).toFixed(1)} %`,
  ]);
  const failed = status.trials.flatMap(({ arm, seed, error }) =>
    error === null ? [] : [wrap(`${arm}, seed ${seed}: ${error.message} (${error.code})`, width)],
  );
  const stopped =
    status.stopped === null
      ? []
      : ['', wrap(`The last run stopped: ${status.stopped.message} (${status.stopped.code})`, width)];
  if (status.trials.length === 0) {
    return [`${status.study}: no trial is planned yet`, ...stopped, folderLine(status)].join('\n');
  }
  return [
    `${status.study}: ${done} of ${status.trials.length} trials done`,
    '',
    formatTable(['arm', 'seed', 'state', 'epochs', 'best validation AUROC', 'time', 'idle'], rows, width),
    ...(failed.length === 0 ? [] : ['', ...failed]),
    ...stopped,
    '',
    'Idle: share of the training time spent waiting for images.',
    folderLine(status),
  ].join('\n');
}

function folderLine({ folder }: StudyStatus): string {
  return `Folder ${path.relative('', folder) || '.'}`;
}
