import { aurocOverSeeds, type ConfusionMatrix, confusionMatrix, summarise, thresholdRates } from '@chromaray/evidence';
import type { StudyScores, TrialScores } from './study-scores.js';
import type { ArmResult, Interval, MetricSummary } from './types.js';

/** An arm as the study file names it. */
export interface ArmName {
  readonly name: string;
  readonly control: boolean;
}

/**
 * How each arm with a finished trial did on the test part. Intervals: of the AUROC for new patients and new
 * seeds; of rates at the threshold, Wilson's for the records of the test part at the mean over seeds.
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
  const perSeed = matrices.map((matrix) => thresholdRates(matrix, level));
  const pooled = thresholdRates(meanMatrix(matrices), level);
  return {
    arm: arm.name,
    control: arm.control,
    seeds: trials.map(({ seed }) => seed),
    auroc: metric(auroc.perSeed, auroc.interval),
    accuracy: metric(
      perSeed.map((rates) => rates.accuracy.value ?? 0),
      pooled.accuracy.interval,
    ),
    sensitivity: metric(
      perSeed.map((rates) => rates.sensitivity.value ?? 0),
      pooled.sensitivity.interval,
    ),
    specificity: metric(
      perSeed.map((rates) => rates.specificity.value ?? 0),
      pooled.specificity.interval,
    ),
    f1: metric(
      perSeed.map((rates) => rates.f1.value ?? 0),
      pooled.f1.interval,
    ),
  };
}

/** A trial's decisions on the test part at its own threshold. */
export function testConfusion(trial: TrialScores, scores: StudyScores): ConfusionMatrix {
  return confusionMatrix(scores.test.labels, trial.test, trial.threshold);
}

function metric(perSeed: readonly number[], interval: { lower: number; upper: number } | null): MetricSummary {
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
