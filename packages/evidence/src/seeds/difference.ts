import { studentQuantile, studentTwoSidedP } from '../distributions/student-t.js';
import { argumentError } from '../input/errors.js';
import { boundedInterval, type Interval, requireOpenUnit } from '../interval.js';
import { roundedToZero } from '../roc/delong.js';
import { meanOf, varianceOf } from './summary.js';
import { type SeedsAndPatients, seedsAndPatients } from './variance.js';

/** Arm minus control: the mean over seeds with everything a test and an interval need. */
export interface Comparison extends SeedsAndPatients {
  /** The mean over seeds of arm - control. */
  readonly difference: number;
  /** arm - control at each seed. */
  readonly perSeed: readonly number[];
  readonly arm: number;
  readonly control: number;
  readonly t: number;
  /** Two-sided, before any correction for several comparisons. */
  readonly p: number;
  readonly interval: Interval;
  /**
   * Intervals of both arms' own values, given only where the data show no variance because both arms
   * sit at 0 or 1; then p and interval are derived from these.
   */
  readonly atLimit?: LimitIntervals;
}

/** Gives the intervals of arm and control, from their counts, at any confidence level. */
export type LimitIntervals = (level: number) => { readonly arm: Interval; readonly control: Interval };

export function compareMeans(
  arm: readonly number[],
  control: readonly number[],
  covarianceOfDifferences: readonly (readonly number[])[],
  patientDegrees: number,
  level: number,
  atLimit: LimitIntervals,
): Comparison {
  requireOpenUnit(level, 'The confidence level');
  const perSeed = arm.map((value, s) => value - control[s]!);
  const spread = seedsAndPatients(perSeed, covarianceOfDifferences, patientDegrees, {
    variance: varianceOf(arm) + varianceOf(control),
    degrees: 2 * (arm.length - 1),
  });
  const base = { ...spread, difference: spread.mean, perSeed, arm: meanOf(arm), control: meanOf(control) };
  const limited = spread.variance === 0 && [...arm, ...control].every((value) => value === 0 || value === 1);
  const t = base.difference === 0 ? 0 : base.difference / spread.standardError;
  const whole: Omit<Comparison, 'interval' | 'p'> = limited ? { ...base, t, atLimit } : { ...base, t };
  const p = limited ? limitP(whole) : studentTwoSidedP(t, spread.degreesOfFreedom);
  return { ...whole, p, interval: comparisonInterval(whole, level) };
}

/**
 * The interval of a comparison at any confidence level, for example the one a correction for several
 * comparisons asks for. It leaves out 0 exactly when p < 1 - level.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function comparisonInterval(comparison: Omit<Comparison, 'interval' | 'p'>, level: number): Interval {
  requireOpenUnit(level, 'The confidence level');
  const { difference } = comparison;
  if (comparison.atLimit !== undefined) {
    // MOVER (Zou & Donner 2008): the arms' own intervals, combined as if independent.
    const { arm, control } = comparison.atLimit(level);
    const down = Math.hypot(comparison.arm - arm.lower, control.upper - comparison.control);
    const up = Math.hypot(arm.upper - comparison.arm, comparison.control - control.lower);
    return boundedInterval(difference - down, difference + up, level, -1, 1);
  }
  const half = studentQuantile((1 + level) / 2, comparison.degreesOfFreedom) * comparison.standardError;
  return boundedInterval(difference - half, difference + half, level, -1, 1);
}

/** Covariance between seeds of arm - control, from the covariance of all arms' then all controls' values. */
export function covarianceOfDifferences(all: readonly (readonly number[])[]): number[][] {
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

/** Below this a p value is as good as 0, and 1 - p no longer a level that a double can tell from 1. */
const LEAST_P = 1e-12;

/** The smallest 1 - level whose interval leaves out 0. */
function limitP(comparison: Omit<Comparison, 'interval' | 'p'>): number {
  if (comparison.difference === 0) return 1;
  let low = LEAST_P;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const p = (low + high) / 2;
    const { lower, upper } = comparisonInterval(comparison, 1 - p);
    if (lower > 0 || upper < 0) high = p;
    else low = p;
  }
  return high;
}
