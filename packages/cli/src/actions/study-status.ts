import path from 'node:path';
import { count, counted, duration, metric, missing, percent } from '@chromaray/base';
import { type StudyFleet, studyFleet } from '@chromaray/remote';
import { studyFolder, unfinishedTrials } from '@chromaray/store';
import { readStudyStatus, type StudyStatus } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { fleetLines } from '../terminal/fleet.js';
import { lineWidth, printText } from '../terminal/print.js';
import { formatTable } from '../terminal/table.js';

export interface StudyStatusOptions {
  readonly studies: string;
  readonly watch?: boolean;
  readonly from?: number;
  readonly json?: boolean;
}

/** What `chromaray study status <study>` does. */
export async function studyStatusAction(study: string, options: StudyStatusOptions, context: Context): Promise<void> {
  const status = readStudyStatus(study, options.studies);
  const folder = studyFolder(path.dirname(status.folder), path.basename(status.folder));
  const fleet = await studyFleet(folder.root, { unfinished: unfinishedTrials(folder), signal: context.signal });
  if (options.json) writeJson(context.out, { ...status, fleet });
  else {
    const width = lineWidth(context.out);
    printText(context.out, [formatStatus(status, fleet, width), folderLine(status)].join('\n'));
  }
}

function formatStatus(status: StudyStatus, fleet: StudyFleet | null, width: number): string {
  const done = status.trials.filter((trial) => trial.status === 'done').length;
  const severalSplits = status.trials.some(({ split }) => split > 1);
  const onWorkers = status.trials.some(({ worker }) => worker !== null);
  const rows = status.trials.map((trial) => [
    ...(severalSplits ? [trial.split] : []),
    trial.arm,
    trial.seed,
    trial.status,
    trial.epochsDone,
    metric(trial.validationAuroc),
    duration(trial.seconds),
    percent(trial.idleShare),
    ...(onWorkers ? [trial.worker ?? missing] : []),
  ]);
  const failed = status.trials.flatMap(({ arm, seed, split, error }) =>
    error === null
      ? []
      : [`${arm}, seed ${seed}${severalSplits ? `, split ${split}` : ''}: ${error.message} (${error.code})`],
  );
  const stopped =
    status.stopped === null ? [] : ['', `The last run stopped: ${status.stopped.message} (${status.stopped.code})`];
  if (status.trials.length === 0) {
    return [`${status.study}: no trial is planned yet`, ...tuningLines(status), ...stopped].join('\n');
  }
  return [
    `${status.study}: ${count(done)} of ${counted(status.trials.length, 'trial')} done`,
    '',
    formatTable(
      [
        ...(severalSplits ? ['split'] : []),
        'arm',
        'seed',
        'state',
        'epochs',
        'best validation AUROC',
        'time',
        'idle',
        ...(onWorkers ? ['worker'] : []),
      ],
      rows,
      width,
    ),
    ...tuningLines(status),
    ...(failed.length === 0 ? [] : ['', ...failed]),
    ...stopped,
    ...(fleet === null ? [] : fleetLines(fleet, status, width)),
    '',
    ...(severalProfiles(status) ? [status.computed!] : []),
    'Idle: share of the training time spent waiting for images.',
  ].join('\n');
}

/** The search for hyperparameters, an arm a line. */
function tuningLines({ tuning }: StudyStatus): readonly string[] {
  if (tuning === null) return [];
  return [
    '',
    tuning.state === 'done' ? 'Hyperparameters are chosen:' : 'Hyperparameters are being searched:',
    ...tuning.arms.map(({ arm, candidates, epochs, chosen }) => {
      const found =
        chosen === null
          ? ''
          : `; candidate ${chosen.candidate} (${chosen.text}), validation AUROC ${metric(chosen.validationAuroc)}`;
      return `  ${arm}: ${counted(candidates, 'candidate')}, ${counted(epochs, 'epoch')}${found}`;
    }),
  ];
}

/** Where one profile computed all, there is nothing to tell apart. */
function severalProfiles({ trials }: StudyStatus): boolean {
  return new Set(trials.flatMap(({ profile }) => profile ?? [])).size > 1;
}

function folderLine({ folder }: StudyStatus): string {
  return `Folder ${path.relative('', folder) || '.'}`;
}
