import type { ArmResult, Interval, MetricSummary } from '@chromaray/contracts';
import {
  aurocOverSeeds,
  type ConfusionMatrix,
  confusionMatrix,
  proportionOverSeeds,
  summarise,
  thresholdRates,
} from '@chromaray/evidence';
import type { StudyScores, TrialScores } from './study-scores.js';

/** An arm as the study file names it. */
export interface ArmName {
  readonly name: string;
  readonly control: boolean;
}

/**
 * How each arm with a finished trial did on the test part. Intervals are for new patients and new seeds,
 * clustered by patient; that of F1 is Wilson's at the mean over seeds and counts records as independent.
 */
export function armResults(arms: readonly ArmName[], scores: StudyScores, level: number): readonly ArmResult[] {
  return arms.flatMap((arm) => {
    const trials = scores.trials.filter((trial) => trial.arm === arm.name);
    return trials.length === 0 ? [] : [armResult(arm, trials, scores, level)];
  });
}

function armResult(arm: ArmName, trials: readonly TrialScores[], scores: StudyScores, level: number): ArmResult {
  const { labels, patients } = scores.test;
  const auroc = aurocOverSeeds({ labels, scores: trials.map(({ test }) => test), patients }, level);
  const matrices = trials.map((trial) => testConfusion(trial, scores));
  const f1 = matrices.map((matrix) => thresholdRates(matrix, level).f1.value ?? 0);
  return {
    arm: arm.name,
    control: arm.control,
    seeds: trials.map(({ seed }) => seed),
    auroc: metric(auroc),
    accuracy: metric(rateOverSeeds(trials, scores, () => true, level)),
    sensitivity: metric(rateOverSeeds(trials, scores, (label) => label === 1, level)),
    specificity: metric(rateOverSeeds(trials, scores, (label) => label === 0, level)),
    f1: metric({ perSeed: f1, interval: thresholdRates(meanMatrix(matrices), level).f1.interval }),
  };
}

/** The share of right decisions among the records whose label is asked for. */
function rateOverSeeds(
  trials: readonly TrialScores[],
  { test }: StudyScores,
  counts: (label: number) => boolean,
  level: number,
): { readonly perSeed: readonly number[]; readonly interval: { lower: number; upper: number } } {
  const rows = [...test.labels.keys()].filter((row) => counts(test.labels[row]!));
  const outcomes = trials.map((trial) => {
    const right = decidedRight(trial, test.labels);
    return rows.map((row) => right[row]!);
  });
  return proportionOverSeeds({ outcomes, patients: rows.map((row) => test.patients[row]!) }, level);
}

/** 1 where a trial's decision at its own threshold is right, 0 where it is wrong. */
export function decidedRight(trial: TrialScores, labels: Uint8Array): Uint8Array {
  return labels.map((label, i) => Number(trial.test[i]! >= trial.threshold === (label === 1)));
}

/** A trial's decisions on the test part at its own threshold. */
export function testConfusion(trial: TrialScores, scores: StudyScores): ConfusionMatrix {
  return confusionMatrix(scores.test.labels, trial.test, trial.threshold);
}

function metric({
  perSeed,
  interval,
}: {
  readonly perSeed: readonly number[];
  readonly interval: { readonly lower: number; readonly upper: number } | null;
}): MetricSummary {
  const { mean, sd, n } = summarise(perSeed);
  return { mean, sd: n > 1 ? sd : null, perSeed, interval: interval === null ? null : asPair(interval) };
}

export function asPair({ lower, upper }: { readonly lower: number; readonly upper: number }): Interval {
  return [lower, upper];
}

function meanMatrix(matrices: readonly ConfusionMatrix[]): ConfusionMatrix {
  const mean = (key: keyof ConfusionMatrix): number =>
    matrices.reduce((sum, matrix) => sum + matrix[key], 0) / matrices.length;
  return {
    truePositives: mean('truePositives'),
    falsePositives: mean('falsePositives'),
    trueNegatives: mean('trueNegatives'),
    falseNegatives: mean('falseNegatives'),
  };
}
