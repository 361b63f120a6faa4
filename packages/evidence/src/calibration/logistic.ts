import { normalQuantile } from '../distributions/normal.js';
import { checkProbabilities, type Labels, requireBothClasses, type Scores } from '../input/scored.js';
import { type Interval, requireOpenUnit } from '../interval.js';

/** A coefficient of a logistic regression with Wald's interval. */
export interface Coefficient {
  readonly value: number;
  readonly standardError: number;
  readonly interval: Interval;
}

export interface LogisticCalibration {
  /** 1 is ideal; below 1 the probabilities are too extreme. Null where the classes separate perfectly. */
  readonly slope: Coefficient | null;
  /**
   * Calibration in the large, the intercept with the slope held at 1: 0 is ideal, above 0 the
   * probabilities are too low on the whole. Null where no finite value fits best.
   */
  readonly intercept: Coefficient | null;
}

/** Keeps the logit of a probability of 0 or 1 finite. */
const LEAST_PROBABILITY = 1e-12;

/**
 * Calibration slope and intercept (Cox 1958; Van Calster 2019): logistic regression of the labels on the
 * logit of the probabilities, by Newton's method.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input, one class included
 */
export function logisticCalibration(labels: Labels, probabilities: Scores, level = 0.95): LogisticCalibration {
  requireOpenUnit(level, 'The confidence level');
  const checked = checkProbabilities(labels, probabilities);
  requireBothClasses(checked);
  const logits = logitsOf(checked.scores);
  return {
    slope: fit(checked.labels, logits, true, level),
    intercept: fit(checked.labels, logits, false, level),
  };
}

export function logitsOf(probabilities: Float64Array): Float64Array {
  return probabilities.map((probability) => {
    const inside = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, probability));
    return Math.log(inside) - Math.log1p(-inside);
  });
}

/** The slope of a model with intercept and slope, or the intercept of one with the logit as offset. */
function fit(labels: Uint8Array, logits: Float64Array, withSlope: boolean, level: number): Coefficient | null {
  let intercept = 0;
  let slope = withSlope ? 0 : 1;
  for (let step = 0; step < 100; step++) {
    let g0 = 0;
    let g1 = 0;
    let h00 = 0;
    let h01 = 0;
    let h11 = 0;
    for (let i = 0; i < labels.length; i++) {
      const x = logits[i]!;
      const expected = 1 / (1 + Math.exp(-(intercept + slope * x)));
      const weight = expected * (1 - expected);
      const residual = labels[i]! - expected;
      g0 += residual;
      g1 += residual * x;
      h00 += weight;
      h01 += weight * x;
      h11 += weight * x * x;
    }
    const determinant = withSlope ? h00 * h11 - h01 * h01 : h00;
    // The likelihood has gone flat: the classes separate, or all probabilities are the same.
    if (!(determinant > 1e-10 * (withSlope ? h00 * h11 : 1)) || h00 < 1e-8) return null;
    const step0 = withSlope ? (h11 * g0 - h01 * g1) / determinant : g0 / h00;
    const step1 = withSlope ? (h00 * g1 - h01 * g0) / determinant : 0;
    // Short steps from far away, where Newton's method would overshoot.
    const shorten = Math.min(1, 4 / Math.max(Math.abs(step0), Math.abs(step1), 1e-300));
    intercept += shorten * step0;
    slope += shorten * step1;
    if (Math.abs(slope) > 1e6 || Math.abs(intercept) > 1e6) return null;
    if (Math.abs(step0) + Math.abs(step1) < 1e-12 * (1 + Math.abs(slope) + Math.abs(intercept))) {
      const standardError = Math.sqrt(withSlope ? h00 / determinant : 1 / h00);
      return coefficient(withSlope ? slope : intercept, standardError, level);
    }
  }
  return null;
}

function coefficient(value: number, standardError: number, level: number): Coefficient {
  const half = normalQuantile((1 + level) / 2) * standardError;
  return { value, standardError, interval: { lower: value - half, upper: value + half, level } };
}
