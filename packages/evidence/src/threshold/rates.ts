import type { Interval } from '../interval.js';
import { boundedInterval } from '../interval.js';
import type { ConfusionMatrix } from './confusion.js';
import { type Proportion, proportion, wilsonInterval } from './wilson.js';

/** A measure that is no plain proportion; null where its denominator is 0. */
export interface Measure {
  readonly value: number | null;
  readonly interval: Interval | null;
}

/** Everything one reads off a confusion matrix. */
export interface ThresholdRates {
  readonly sensitivity: Proportion;
  readonly specificity: Proportion;
  /** Share of those called positive that are: depends on the prevalence of the part. */
  readonly positivePredictiveValue: Proportion;
  readonly negativePredictiveValue: Proportion;
  readonly accuracy: Proportion;
  readonly balancedAccuracy: Measure;
  readonly f1: Measure;
  /** Matthews correlation coefficient in [-1, 1]; 0 where a row or column of the matrix is empty. */
  readonly matthews: number;
}

/**
 * Rates of a confusion matrix. Proportions carry Wilson's interval and their n. F1 = 2J / (1 + J) rises
 * with J = TP / (TP + FP + FN), a proportion, whose Wilson interval is carried over. Balanced accuracy
 * combines the intervals of sensitivity and specificity by MOVER (Zou & Donner 2008).
 *
 * The intervals count records as independent; where patients have several, `proportionOverSeeds` is wider.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for a level outside (0, 1)
 */
export function thresholdRates(matrix: ConfusionMatrix, level = 0.95): ThresholdRates {
  const { truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn } = matrix;
  const sensitivity = proportion(tp, tp + fn, level);
  const specificity = proportion(tn, tn + fp, level);
  return {
    sensitivity,
    specificity,
    positivePredictiveValue: proportion(tp, tp + fp, level),
    negativePredictiveValue: proportion(tn, tn + fn, level),
    accuracy: proportion(tp + tn, tp + fp + tn + fn, level),
    balancedAccuracy: balancedAccuracy(sensitivity, specificity, level),
    f1: f1(tp, tp + fp + fn, level),
    matthews: matthews(matrix),
  };
}

function balancedAccuracy(sensitivity: Proportion, specificity: Proportion, level: number): Measure {
  if (sensitivity.interval === null || specificity.interval === null) return { value: null, interval: null };
  const a = sensitivity.value!;
  const b = specificity.value!;
  const value = (a + b) / 2;
  const down = Math.hypot(a - sensitivity.interval.lower, b - specificity.interval.lower) / 2;
  const up = Math.hypot(sensitivity.interval.upper - a, specificity.interval.upper - b) / 2;
  return { value, interval: boundedInterval(value - down, value + up, level) };
}

function f1(truePositives: number, involved: number, level: number): Measure {
  if (involved === 0) return { value: null, interval: null };
  const fromJaccard = (jaccard: number): number => (2 * jaccard) / (1 + jaccard);
  const jaccard = wilsonInterval(truePositives, involved, level);
  return {
    value: fromJaccard(truePositives / involved),
    interval: { lower: fromJaccard(jaccard.lower), upper: fromJaccard(jaccard.upper), level },
  };
}

function matthews({ truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn }: ConfusionMatrix) {
  // Roots first: the product of four counts of a million each would lose digits.
  const scale = Math.sqrt(tp + fp) * Math.sqrt(tp + fn) * Math.sqrt(tn + fp) * Math.sqrt(tn + fn);
  return scale === 0 ? 0 : Math.max(-1, Math.min(1, (tp * tn - fp * fn) / scale));
}
