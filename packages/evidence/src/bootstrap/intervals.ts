import { normalCdf, normalQuantile } from '../distributions/normal.js';
import { argumentError } from '../input/errors.js';
import { type Interval, requireOpenUnit } from '../interval.js';
import { varianceOf } from '../seeds/summary.js';

/** What a bootstrap says about a statistic. */
export interface BootstrapResult {
  readonly estimate: number;
  readonly standardError: number;
  /** Null where all resamples give the same value: that says nothing about how the statistic varies. */
  readonly percentile: Interval | null;
  /** Bias-corrected and accelerated (Efron 1987): second-order correct, preferred for skewed statistics. */
  readonly bca: Interval | null;
  /**
   * Two-sided p value against 0, by inversion of the percentile interval; at least 2 / (resamples + 1). Null where there
   * is no interval.
   */
  readonly p: number | null;
  readonly resamples: number;
  /** The bootstrap values in ascending order. */
  readonly distribution: Float64Array;
}

/**
 * Intervals and p value from bootstrap values.
 *
 * @param influences groups of empirical influence values, one group a resampled factor (patients, seeds),
 *   each on the scale of its contribution to the estimate; their skewness is the acceleration of BCa
 */
export function bootstrapResult(
  estimate: number,
  values: Float64Array,
  influences: readonly ArrayLike<number>[],
  level: number,
): BootstrapResult {
  requireOpenUnit(level, 'The confidence level');
  const sorted = Float64Array.from(values).sort();
  const varies = sorted[0] !== sorted.at(-1);
  return {
    estimate,
    standardError: Math.sqrt(varianceOf(sorted)),
    percentile: varies
      ? { lower: quantile(sorted, (1 - level) / 2), upper: quantile(sorted, (1 + level) / 2), level }
      : null,
    bca: varies ? bcaInterval(estimate, sorted, acceleration(influences), level) : null,
    p: varies ? inversionP(sorted) : null,
    resamples: sorted.length,
    distribution: sorted,
  };
}

/** Quantile of ascending values with linear interpolation (Hyndman & Fan's type 7, numpy's default). */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (position - below) * (high - low);
}

/**
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for fewer than 100 resamples, whose tails say nothing
 */
export function requireResamples(resamples: number): void {
  if (!Number.isInteger(resamples) || resamples < 100) {
    throw argumentError('The number of bootstrap resamples', resamples, 'a whole number from 100');
  }
}

function bcaInterval(estimate: number, sorted: Float64Array, accelerated: number, level: number): Interval {
  const count = sorted.length;
  let below = 0;
  // Sums in another order differ in the last digits: what differs by no more is the estimate itself.
  const rounding = 1e-12 * Math.max(Math.abs(estimate), sorted[count - 1]! - sorted[0]!);
  for (const value of sorted) below += Math.abs(value - estimate) <= rounding ? 0.5 : value < estimate ? 1 : 0;
  const bias = normalQuantile(Math.min(count - 0.5, Math.max(0.5, below)) / count);
  const adjusted = (share: number): number => {
    const z = bias + normalQuantile(share);
    const scale = 1 - accelerated * z;
    // Beyond its pole the correction has no meaning; the tail itself is the honest end of the interval.
    return scale <= 0 ? (z > 0 ? 1 : 0) : normalCdf(bias + z / scale);
  };
  return {
    lower: quantile(sorted, adjusted((1 - level) / 2)),
    upper: quantile(sorted, adjusted((1 + level) / 2)),
    level,
  };
}

function acceleration(influences: readonly ArrayLike<number>[]): number {
  let squares = 0;
  let cubes = 0;
  for (const group of influences) {
    for (let i = 0; i < group.length; i++) {
      const value = group[i]!;
      squares += value * value;
      cubes += value * value * value;
    }
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

function inversionP(sorted: Float64Array): number {
  let notAbove = 0;
  let notBelow = 0;
  for (const value of sorted) {
    if (value <= 0) notAbove++;
    if (value >= 0) notBelow++;
  }
  return Math.min(1, (2 * (Math.min(notAbove, notBelow) + 1)) / (sorted.length + 1));
}
