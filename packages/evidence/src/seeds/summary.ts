import { studentQuantile } from '../distributions/student-t.js';
import { emptyError } from '../input/errors.js';
import { finiteCopy } from '../input/scored.js';
import { type Interval, requireOpenUnit } from '../interval.js';

/** How a number varies over seeds. */
export interface Summary {
  readonly n: number;
  readonly mean: number;
  /** Standard deviation with n - 1; 0 for a single value. */
  readonly sd: number;
  readonly min: number;
  readonly max: number;
  readonly median: number;
  /**
   * Student's t interval of the mean over seeds on these very records; null for a single value, and where all values
   * are equal, since a variance of 0 is no knowledge. It says nothing about new patients: for that see `aurocOverSeeds`.
   */
  readonly interval: Interval | null;
}

/**
 * @throws ChromarayError `CHROMARAY_EVIDENCE_EMPTY`, `CHROMARAY_EVIDENCE_SCORE` for NaN or infinity
 */
export function summarise(values: ArrayLike<number>, level = 0.95): Summary {
  requireOpenUnit(level, 'The confidence level');
  if (values.length === 0) throw emptyError('values');
  const sorted = finiteCopy(values, 'value').sort();
  const n = sorted.length;
  const mean = meanOf(sorted);
  const sd = Math.sqrt(varianceOf(sorted));
  const half = sd > 0 ? (studentQuantile((1 + level) / 2, n - 1) * sd) / Math.sqrt(n) : 0;
  return {
    n,
    mean,
    sd,
    min: sorted[0]!,
    max: sorted[n - 1]!,
    median: (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2,
    interval: sd > 0 ? { lower: mean - half, upper: mean + half, level } : null,
  };
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Variance with n - 1; 0 for a single value. */
export function varianceOf(values: ArrayLike<number>): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - mean) ** 2;
  return sum / (values.length - 1);
}
