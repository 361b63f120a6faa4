import { studentQuantile, studentTwoSidedP } from '../distributions/student-t.js';
import { tooFewError } from '../input/errors.js';
import { finiteCopy } from '../input/scored.js';
import { type Interval, requireOpenUnit } from '../interval.js';
import { meanOf, varianceOf } from '../seeds/summary.js';

/** A mean over readers of a number that each reader has: for new readers, on these cases. */
export interface ReaderMean {
  readonly readers: number;
  readonly mean: number;
  readonly standardError: number;
  /** Two-sided, that the mean is 0; null where the readers agree to the last digit, which says nothing about others. */
  readonly p: number | null;
  readonly interval: Interval | null;
}

/**
 * Student's t with r - 1 degrees of freedom, paired by reader where each number is a difference.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_TOO_FEW` below two readers; `_SCORE` for NaN
 */
export function meanOverReaders(values: readonly number[], level = 0.95): ReaderMean {
  requireOpenUnit(level, 'The confidence level');
  if (values.length < 2) throw tooFewError('readers', values.length, 2);
  const checked = finiteCopy(values, 'value of a reader');
  const mean = meanOf(checked);
  const standardError = Math.sqrt(varianceOf(checked) / checked.length);
  const found = { readers: checked.length, mean, standardError };
  // What rounding alone makes differ does not differ.
  if (standardError <= 1e-12 * Math.max(1, Math.abs(mean))) return { ...found, p: null, interval: null };
  const degrees = checked.length - 1;
  const half = studentQuantile((1 + level) / 2, degrees) * standardError;
  return {
    ...found,
    p: studentTwoSidedP(mean / standardError, degrees),
    interval: { lower: mean - half, upper: mean + half, level },
  };
}
