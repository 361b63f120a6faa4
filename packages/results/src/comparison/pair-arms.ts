import type { PairedParts } from '@chromaray/evidence';
import type { ArmName } from './arm-results.js';
import { foldsOf, sameTrial } from './fold-scores.js';
import type { StudyScores, TrialScores } from './study-scores.js';

/** An arm and its control. */
export interface ArmPair {
  readonly arm: string;
  readonly control: string;
  /** One pair a seed. */
  readonly trials: readonly (readonly [TrialScores, TrialScores])[];
}

/** Every arm with the control, over the seeds that both have. */
export function pairArms(arms: readonly ArmName[], scores: StudyScores): readonly ArmPair[] {
  const control = arms.find((arm) => arm.control);
  return arms.flatMap((arm) => {
    if (control === undefined || arm.control) return [];
    const trials = pairTrials(arm.name, control.name, scores);
    return trials.length === 0 ? [] : [{ arm: arm.name, control: control.name, trials }];
  });
}

/** The scores of a pair on the test part and, where they are known, on validation; one entry for each fold. */
export function pairedScores(trials: ArmPair['trials'], scores: StudyScores): readonly PairedParts[] {
  return foldsOf(scores).map((fold) =>
    pairedOn(
      trials.map(([arm, control]) => [sameTrial(fold, arm), sameTrial(fold, control)]),
      fold,
    ),
  );
}

function pairedOn(trials: ArmPair['trials'], { test, validation }: StudyScores): PairedParts {
  const { labels, patients } = test;
  const own = { labels, patients, arm: trials.map(([arm]) => arm.test), control: trials.map(([, c]) => c.test) };
  const [arm, control] = [0, 1].map((i) => trials.flatMap((pair) => pair[i]!.validation ?? []));
  if (validation === undefined || arm!.length + control!.length < 2 * trials.length) return own;
  return {
    ...own,
    validation: { labels: validation.labels, patients: validation.patients, arm: arm!, control: control! },
  };
}

function pairTrials(
  arm: string,
  control: string,
  scores: StudyScores,
): readonly (readonly [TrialScores, TrialScores])[] {
  return scores.trials.flatMap((trial) => {
    if (trial.arm !== arm) return [];
    const partner = scores.trials.find((other) => other.arm === control && other.seed === trial.seed);
    return partner === undefined ? [] : [[trial, partner] as const];
  });
}
