import { studentQuantile, studentTwoSidedP } from '../distributions/student-t.js';
import { argumentError } from '../input/errors.js';
import { boundedInterval, type Interval, inversionP, requireOpenUnit } from '../interval.js';
import type { TestPrecision } from '../power/power.js';
import { roundedToZero } from '../roc/covariance.js';
import { type NearLimit, nearLimit, nearLimitInterval, type PatientCounts } from './near-limit.js';
import { meanOf, varianceOf } from './summary.js';
import { type SeedSpread, type SeedsAndPatients, seedsAndPatients } from './variance.js';

/** Arm minus control: the mean over seeds with everything a test and an interval need. */
export interface PairedComparison extends SeedsAndPatients {
  /** The mean over seeds of arm - control. */
  readonly difference: number;
  /** arm - control at each seed. */
  readonly perSeed: readonly number[];
  readonly arm: number;
  readonly control: number;
  /** difference / standard error; where `nearLimit` is given, the t that belongs to `p`. */
  readonly t: number;
  /** Two-sided, before any correction for several comparisons. */
  readonly p: number;
  readonly interval: Interval;
  /**
   * Given where an arm lies too near 0 or 1, or shows too little variance, for a symmetric interval; p and interval
   * are then derived from it.
   */
  readonly nearLimit?: NearLimit;
}

/** What an interval of a comparison is computed from. */
export type ComparisonBasis = Pick<PairedComparison, 'difference' | 'standardError' | 'degreesOfFreedom' | 'nearLimit'>;

/** Values of arm and control at every seed, and how they vary over patients. */
export interface PairedValues {
  readonly arm: readonly number[];
  readonly control: readonly number[];
  /** Over patients, between all the arm's values, then all the control's: 2k x 2k. */
  readonly covariance: readonly (readonly number[])[];
  readonly patientDegrees: number;
  readonly counts: PatientCounts;
  /** True where the control is one scoring without seeds, given once a seed of the arm: only the arm's seeds then vary. */
  readonly controlFixed?: boolean;
  /** How seeds vary on either side, where that is not the variance of its values: of means of several networks a seed. */
  readonly spreads?: { readonly arm: SeedSpread; readonly control: SeedSpread };
}

/**
 * Compares the means over seeds of two arms; `seedsAndPatients` has the method, seeds being nested in arms.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for a level outside (0, 1)
 */
export function compareMeans(values: PairedValues, level: number): PairedComparison {
  requireOpenUnit(level, 'The confidence level');
  const { arm, control, covariance, patientDegrees, controlFixed = false } = values;
  const k = arm.length;
  const perSeed = arm.map((value, s) => value - control[s]!);
  const own = (ofSeeds: readonly number[]): SeedSpread => ({ variance: varianceOf(ofSeeds), degrees: k - 1 });
  const spreads = values.spreads ?? { arm: own(arm), control: own(control) };
  const spread = seedsAndPatients(perSeed, covarianceOfDifferences(covariance), patientDegrees, {
    variance: spreads.arm.variance + spreads.control.variance,
    degrees: spreads.arm.degrees + (controlFixed ? 0 : spreads.control.degrees),
  });
  const difference = meanOf(arm) - meanOf(control);
  const ofArm = (ofSeeds: readonly number[], first: number, overSeeds: SeedSpread) => {
    const among = covariance.slice(first, first + k).map((row) => row.slice(first, first + k));
    const { mean, variance } = seedsAndPatients(ofSeeds, among, patientDegrees, overSeeds);
    return { value: mean, variance };
  };
  const near = nearLimit(
    ofArm(arm, 0, spreads.arm),
    ofArm(control, k, spreads.control),
    spread.variance,
    values.counts,
  );
  const basis = { ...spread, difference, perSeed, arm: meanOf(arm), control: meanOf(control) };
  if (near === null) {
    const t = difference / spread.standardError;
    const p = studentTwoSidedP(t, spread.degreesOfFreedom);
    return { ...basis, t, p, interval: comparisonInterval(basis, level) };
  }
  const whole = { ...basis, nearLimit: near };
  const p = difference === 0 ? 1 : inversionP((atLevel) => comparisonInterval(whole, atLevel));
  const t = p === 1 ? 0 : Math.sign(difference) * studentQuantile(1 - p / 2, spread.degreesOfFreedom);
  return { ...whole, t, p, interval: comparisonInterval(whole, level) };
}

/**
 * The interval of a comparison at any confidence level, for example the one a correction for several
 * comparisons asks for. It excludes 0 exactly when p < 1 - level.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function comparisonInterval(comparison: ComparisonBasis, level: number): Interval {
  requireOpenUnit(level, 'The confidence level');
  const { difference, standardError, degreesOfFreedom } = comparison;
  if (comparison.nearLimit !== undefined) return nearLimitInterval(comparison.nearLimit, degreesOfFreedom, level);
  const half = studentQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
  return boundedInterval(difference - half, difference + half, level, -1, 1);
}

/**
 * What a comparison could have found, for `smallestDetectableDifference`: near a limit the standard error is the one
 * that a symmetric interval as wide as the 95 % interval would have.
 */
export function comparisonPrecision(comparison: ComparisonBasis): TestPrecision {
  const { standardError, degreesOfFreedom } = comparison;
  if (comparison.nearLimit === undefined) return { standardError, degreesOfFreedom };
  const { lower, upper } = comparisonInterval(comparison, 0.95);
  return { standardError: (upper - lower) / 2 / studentQuantile(0.975, degreesOfFreedom), degreesOfFreedom };
}

/** Covariance between seeds of arm - control, from the covariance of all arms' then all controls' values. */
function covarianceOfDifferences(all: readonly (readonly number[])[]): number[][] {
  const k = all.length / 2;
  if (!Number.isInteger(k)) throw argumentError('The number of scorings', all.length, 'even');
  const seeds = Array.from({ length: k }, (_, s) => s);
  return seeds.map((a) =>
    seeds.map((b) => {
      const parts = [all[a]![b]!, all[a + k]![b + k]!, -all[a]![b + k]!, -all[a + k]![b]!];
      const sum = parts.reduce((total, part) => total + part, 0);
      const scale = parts.reduce((total, part) => total + Math.abs(part), 0);
      return Math.abs(sum) === roundedToZero(Math.abs(sum), scale) ? sum : 0;
    }),
  );
}
