import type { PairedScores } from '@chromaray/evidence';
import type { ArmName } from './arm-results.js';
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

export function pairedScores(trials: ArmPair['trials'], { test }: StudyScores): PairedScores {
  const { labels, patients } = test;
  return { labels, patients, arm: trials.map(([arm]) => arm.test), control: trials.map(([, control]) => control.test) };
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
