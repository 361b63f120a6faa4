import type { Comparison, ConfusionCounts, MetricSummary, StudyVerdict } from '@chromaray/contracts';
import type { ReportArm, ReportTrial, RocPoint } from './report-input.js';
import { negatives, positives } from './sample-trials.test-support.js';

function areaUnder(roc: readonly RocPoint[]): number {
  return roc.slice(1).reduce((area, point, i) => {
    const before = roc[i]!;
    return (
      area +
      ((point.falsePositiveRate - before.falsePositiveRate) * (point.truePositiveRate + before.truePositiveRate)) / 2
    );
  }, 0);
}

/** What a verdict says of an arm; intervals are made up. */
export function summarise({ name, control, trials }: ReportArm): StudyVerdict['arms'][number] {
  const over = (of: (trial: ReportTrial) => number, halfWidth: number): MetricSummary => {
    const perSeed = trials.map(of);
    const mean = perSeed.reduce((a, b) => a + b, 0) / perSeed.length;
    const squares = perSeed.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return {
      mean,
      perSeed,
      sd: perSeed.length > 1 ? Math.sqrt(squares / (perSeed.length - 1)) : null,
      interval: [mean - halfWidth, Math.min(1, mean + halfWidth)],
    };
  };
  const rate = (of: (c: ConfusionCounts) => number) => (trial: ReportTrial) => of(trial.confusion!);
  return {
    arm: name,
    control,
    seeds: trials.map((trial) => trial.seed),
    auroc: over((trial) => areaUnder(trial.roc), 0.016),
    accuracy: over(
      rate((c) => (c.truePositives + c.trueNegatives) / (positives + negatives)),
      0.024,
    ),
    sensitivity: over(
      rate((c) => c.truePositives / positives),
      0.03,
    ),
    specificity: over(
      rate((c) => c.trueNegatives / negatives),
      0.041,
    ),
    f1: over(
      rate((c) => (2 * c.truePositives) / (2 * c.truePositives + c.falsePositives + c.falseNegatives)),
      0.022,
    ),
  };
}

/** An arm against the control; intervals are made up. */
export function compare(arm: ReportArm, control: ReportArm): Comparison {
  const differences = arm.trials.map((trial, i) => areaUnder(trial.roc) - areaUnder(control.trials[i]!.roc));
  const difference = differences.reduce((a, b) => a + b, 0) / differences.length;
  const half = 0.0125;
  const p = 2 / (1 + Math.exp(1.7 * Math.abs((1.96 * difference) / half)));
  const verdict = difference + half < 0 ? 'harms' : difference - half > 0 ? 'helps' : 'inconclusive';
  return {
    arm: arm.name,
    control: control.name,
    difference,
    interval: [difference - half, difference + half],
    intervalLevel: 0.99,
    p,
    pCorrected: Math.min(1, 5 * p),
    verdict,
    statement:
      verdict === 'helps'
        ? `${arm.name} is better than ${control.name}.`
        : verdict === 'harms'
          ? `${arm.name} is worse than ${control.name}.`
          : `The study cannot tell ${arm.name} from ${control.name}.`,
    bootstrap: {
      resamples: 2000,
      percentile: [difference - half, difference + half],
      bca: [difference - half, difference + half],
    },
    perSeed: arm.trials.map((trial, i) => ({
      seed: trial.seed,
      delong: { difference: differences[i]!, interval: [differences[i]! - 0.015, differences[i]! + 0.015], p: 0.4 },
      mcnemar: { onlyArmRight: 21 + i, onlyControlRight: 25, p: 0.66 },
    })),
  };
}
