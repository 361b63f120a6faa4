import { studentQuantile } from '../distributions/student-t.js';
import { type Clusters, type Patients, toClusters } from '../input/clusters.js';
import { checkProbabilities, type Labels, requireBothClasses, type Scores } from '../input/scored.js';
import { type Interval, requireOpenUnit } from '../interval.js';

/** A coefficient of a logistic regression with Wald's interval, or the sandwich's where patients are given. */
export interface Coefficient {
  readonly value: number;
  readonly standardError: number;
  readonly interval: Interval;
}

/** Calibration slope and intercept (Cox 1958) with intervals. */
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
 * logit of the probabilities, by Newton's method. With patients the standard errors are those of the sandwich
 * estimator, clustered by patient, with the factor G/(G - 1) · (n - 1)/(n - parameters) for G patients (statsmodels'
 * `cov_type='cluster'`), and Student's t with G - 1 degrees of freedom.
 *
 * @param options.patients the patient of each record; without it every record counts as an independent patient
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input, one class included
 */
export function logisticCalibration(
  labels: Labels,
  probabilities: Scores,
  options: { readonly patients?: Patients; readonly level?: number } = {},
): LogisticCalibration {
  const { level = 0.95, patients } = options;
  requireOpenUnit(level, 'The confidence level');
  const checked = checkProbabilities(labels, probabilities);
  requireBothClasses(checked);
  const logits = logitsOf(checked.scores);
  const clusters = patients === undefined ? null : toClusters(patients, labels.length);
  const coefficient = (withSlope: boolean): Coefficient | null => {
    const fitted = fit(checked.labels, logits, withSlope);
    if (fitted === null) return null;
    const standardError =
      clusters === null ? fitted.standardError : clusteredError(fitted, checked.labels, logits, withSlope, clusters);
    const degreesOfFreedom = clusters === null ? Number.POSITIVE_INFINITY : clusters.count - 1;
    if (standardError === null || degreesOfFreedom < 1) return null;
    const value = withSlope ? fitted.slope : fitted.intercept;
    const half = studentQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
    return { value, standardError, interval: { lower: value - half, upper: value + half, level } };
  };
  return { slope: coefficient(true), intercept: coefficient(false) };
}

export function logitsOf(probabilities: Float64Array): Float64Array {
  return probabilities.map((probability) => {
    const inside = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, probability));
    return Math.log(inside) - Math.log1p(-inside);
  });
}

interface Fit {
  readonly intercept: number;
  readonly slope: number;
  /** Of intercept, of both, of slope. */
  readonly inverse: readonly [number, number, number];
  /** Of the slope, or of the intercept where the slope is held. */
  readonly standardError: number;
}

/** The slope of a model with intercept and slope, or the intercept of one with the logit as offset. */
function fit(labels: Uint8Array, logits: Float64Array, withSlope: boolean): Fit | null {
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
      // The inverse information matrix: its rows are what a record's score moves the coefficients by.
      const inverse = withSlope
        ? ([h11 / determinant, -h01 / determinant, h00 / determinant] as const)
        : ([1 / h00, 0, 0] as const);
      return { intercept, slope, inverse, standardError: Math.sqrt(withSlope ? inverse[2] : inverse[0]) };
    }
  }
  return null;
}

/** The sandwich: records' scores summed by patient between two inverse information matrices. */
function clusteredError(
  { intercept, slope, inverse }: Fit,
  labels: Uint8Array,
  logits: Float64Array,
  withSlope: boolean,
  clusters: Clusters,
): number | null {
  const pulls = new Float64Array(clusters.count);
  for (let i = 0; i < labels.length; i++) {
    const residual = labels[i]! - 1 / (1 + Math.exp(-(intercept + slope * logits[i]!)));
    pulls[clusters.ofRecord[i]!]! += residual * (withSlope ? inverse[1] + inverse[2] * logits[i]! : inverse[0]);
  }
  const parameters = withSlope ? 2 : 1;
  if (clusters.count < 2 || labels.length <= parameters) return null;
  const scale = ((clusters.count / (clusters.count - 1)) * (labels.length - 1)) / (labels.length - parameters);
  return Math.sqrt(scale * pulls.reduce((sum, pull) => sum + pull * pull, 0));
}
