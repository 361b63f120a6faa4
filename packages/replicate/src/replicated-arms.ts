import type { Measured, ReplicationResult, StudyFolder } from '@chromaray/contracts';
import type { ReportArm } from '@chromaray/pages';
import { studyScores, testConfusion } from '@chromaray/results';
import { openStudyReader, type StoredEpoch, type StoredTrial } from '@chromaray/store';
import { idleShareOf } from '@chromaray/study';
import type { TrainedOriginal } from './train-original.js';

/** Every network of a replication, as the report's figures draw them. */
export interface ReplicatedArms {
  /** A and B, decided at 0.5. */
  readonly original: readonly ReportArm[];
  /** C, decided at the threshold chosen on the validation part. */
  readonly controlled: readonly ReportArm[];
}

export interface ReplicatedNetworks {
  readonly result: ReplicationResult;
  readonly gray: TrainedOriginal;
  readonly colour: TrainedOriginal;
  /** Of the controlled study. */
  readonly folder: StudyFolder;
}

export function replicatedArms({ result, gray, colour, folder }: ReplicatedNetworks): ReplicatedArms {
  const { original, unseen } = result;
  return {
    original: [
      trainedArm('A gray-final', gray, original.gray.test),
      trainedArm('A color-final', colour, original.colour.test),
      unseenArm('B color-final', colour, unseen),
    ],
    controlled: controlledArms(result, folder),
  };
}

function trainedArm(name: string, { trial, epochs }: TrainedOriginal, test: Measured): ReportArm {
  return arm(name, trial, [reportTrial(trial, epochs, test.confusion)]);
}

/** The same network once more: it was trained in A, so it has no curves of its own. */
function unseenArm(name: string, { trial }: TrainedOriginal, unseen: Measured): ReportArm {
  return arm(name, trial, [reportTrial(trial, [], unseen.confusion)]);
}

function controlledArms({ controlled }: ReplicationResult, folder: StudyFolder): readonly ReportArm[] {
  const store = openStudyReader(folder);
  try {
    const scores = studyScores(store.predictions());
    return controlled.arms.map(({ arm: name }) => {
      const trials = store.trials().filter((trial) => trial.arm === name && trial.status === 'done');
      return arm(
        `C ${name}`,
        trials[0],
        trials.map((trial) => {
          const scored = scores.trials.find(({ arm: scoredArm, seed }) => scoredArm === name && seed === trial.seed)!;
          return reportTrial(trial, store.epochs(trial), testConfusion(scored, scores));
        }),
      );
    });
  } finally {
    store.close();
  }
}

function arm(name: string, trial: StoredTrial | undefined, trials: ReportArm['trials']): ReportArm {
  return { name, control: false, description: '', parameters: trial?.parameters ?? null, trials };
}

function reportTrial(
  trial: StoredTrial,
  epochs: readonly StoredEpoch[],
  confusion: Measured['confusion'],
): ReportArm['trials'][number] {
  return {
    seed: trial.seed,
    state: 'finished',
    epochs,
    selectedEpoch: trial.bestEpoch,
    threshold: null,
    roc: [],
    confusion,
    imagesPerSecond: trial.imagesPerSecond,
    seconds: trial.seconds,
    peakMemoryBytes: trial.peakMemoryBytes,
    idleShare: idleShareOf(trial),
  };
}
