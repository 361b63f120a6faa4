import { argumentError } from '../input/errors.js';
import type { Labels, Scores } from '../input/scored.js';
import { requireOpenUnit } from '../interval.js';
import { cumulativeCounts, type ThresholdStep } from '../roc/curve.js';

/** An operating threshold (score at or above it: positive) and what it gives on the part it was chosen on. */
export interface ChosenThreshold {
  readonly threshold: number;
  readonly sensitivity: number;
  readonly specificity: number;
}

/**
 * The threshold that maximises sensitivity + specificity - 1 (Youden 1950); of equals the one with the
 * higher sensitivity. Choose it on validation, never on test.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function youdenThreshold(labels: Labels, scores: Scores): ChosenThreshold {
  return bestThreshold(labels, scores, youdenUtility);
}

/**
 * The threshold at which a study decides: Youden's on the validation part. The one place where that is decided, for
 * what is compared, reported, and written into a saved model.
 *
 * @param labels 1 positive, 0 negative, of the validation part
 * @param scores of the same records
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function operatingThreshold(labels: Labels, scores: Scores): number {
  return youdenThreshold(labels, scores).threshold;
}

/**
 * The highest threshold whose sensitivity is at least `target`, which is the one with the highest
 * specificity.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function sensitivityThreshold(labels: Labels, scores: Scores, target: number): ChosenThreshold {
  if (target !== 1) requireOpenUnit(target, 'The target sensitivity');
  return bestThreshold(labels, scores, sensitivityUtility(target));
}

/**
 * The lowest threshold whose specificity is at least `target`, which is the one with the highest sensitivity.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function specificityThreshold(labels: Labels, scores: Scores, target: number): ChosenThreshold {
  if (target !== 1) requireOpenUnit(target, 'The target specificity');
  return bestThreshold(labels, scores, specificityUtility(target));
}

/** What a threshold is worth by what it gives; of equals the lowest threshold is taken. */
export type ThresholdUtility = (sensitivity: number, specificity: number) => number;

export const youdenUtility: ThresholdUtility = (sensitivity, specificity) => sensitivity + specificity;

/** A hair, so that 0.9 means 9 of 10 however it was computed. */
const tolerance = 1e-12;

export function sensitivityUtility(target: number): ThresholdUtility {
  return (sensitivity, specificity) => (sensitivity >= target - tolerance ? 1 + specificity : sensitivity - 1);
}

export function specificityUtility(target: number): ThresholdUtility {
  return (sensitivity, specificity) => (specificity >= target - tolerance ? 1 + sensitivity : specificity - 1);
}

/**
 * The threshold with the lowest expected cost for the given costs of a missed and of a false finding.
 *
 * @param costs.prevalence the share of positives where the model will be used; that of the data by default
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function costThreshold(
  labels: Labels,
  scores: Scores,
  costs: { readonly falseNegative: number; readonly falsePositive: number; readonly prevalence?: number },
): ChosenThreshold {
  for (const [name, cost] of Object.entries(costs)) {
    if (!(cost > 0 && Number.isFinite(cost)))
      throw argumentError(`The ${name} of a threshold by cost`, cost, 'above 0');
  }
  let prevalence = costs.prevalence;
  if (prevalence === undefined) {
    const { positives, negatives } = cumulativeCounts(labels, scores);
    prevalence = positives / (positives + negatives);
  } else requireOpenUnit(prevalence, 'The prevalence');
  const share = prevalence;
  return bestThreshold(
    labels,
    scores,
    (sensitivity, specificity) =>
      -(share * (1 - sensitivity) * costs.falseNegative + (1 - share) * (1 - specificity) * costs.falsePositive),
  );
}

function bestThreshold(labels: Labels, scores: Scores, utility: ThresholdUtility): ChosenThreshold {
  const { steps, positives, negatives } = cumulativeCounts(labels, scores);
  let best = -1;
  let bestUtility = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!;
    const value = utility(step.truePositives / positives, 1 - step.falsePositives / negatives);
    if (value >= bestUtility - tolerance) {
      best = i;
      bestUtility = Math.max(value, bestUtility);
    }
  }
  const step = steps[best]!;
  return {
    threshold: betweenScores(steps, best),
    sensitivity: step.truePositives / positives,
    specificity: 1 - step.falsePositives / negatives,
  };
}

/**
 * Half way to the next lower score: another machine's rounding must not move the record that the
 * threshold was taken from to the other side.
 */
function betweenScores(steps: readonly ThresholdStep[], index: number): number {
  return between(steps[index]!.threshold, steps[index + 1]?.threshold);
}

/** Half way from a score to the next lower one; `here` is infinity where nothing is called positive. */
export function between(here: number, lower: number | undefined): number {
  if (lower === undefined) return here;
  // Nothing is called positive: any number above the highest score will do.
  if (here === Number.POSITIVE_INFINITY) return lower + Math.max(1e-6, Math.abs(lower) * 1e-6);
  const middle = lower + (here - lower) / 2;
  return middle > lower ? middle : here;
}
