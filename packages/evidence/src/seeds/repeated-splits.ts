import { studentQuantile, studentTwoSidedP } from '../distributions/student-t.js';
import { argumentError, tooFewError } from '../input/errors.js';
import { finiteCopy } from '../input/scored.js';
import { type Interval, requireOpenUnit } from '../interval.js';
import { meanOf, varianceOf } from './summary.js';

/** What several random splits of one data set say of a difference: for other training sets as well as other patients. */
export interface RepeatedSplits {
  readonly mean: number;
  readonly standardError: number;
  /** Number of splits - 1. */
  readonly degreesOfFreedom: number;
  readonly p: number;
  /** Not cut off at the limits of the quantity, which this function does not know. */
  readonly interval: Interval;
}

/**
 * The corrected resampled t test (Nadeau & Bengio 2003, Machine Learning 52:239): training and test parts of different
 * splits overlap, so the variance of the mean over J splits is taken as (1/J + test / training) s², not s²/J.
 *
 * It answers a wider question than `compareAuroc`, which speaks of the training X-rays at hand.
 *
 * @param differences the arm's value minus the control's on each split, for example means over seeds
 * @param records of the test and of the training part of a split
 * @throws ChromarayError `CHROMARAY_EVIDENCE_TOO_FEW` below two splits or where all agree to the last digit;
 *   `_ARGUMENT`, `_SCORE`
 */
export function repeatedSplits(
  differences: ArrayLike<number>,
  records: { readonly test: number; readonly training: number },
  level = 0.95,
): RepeatedSplits {
  requireOpenUnit(level, 'The confidence level');
  const values = finiteCopy(differences, 'difference');
  if (values.length < 2) throw tooFewError('splits', values.length, 2);
  for (const [part, count] of Object.entries(records)) {
    if (!(count > 0)) throw argumentError(`The number of ${part} records`, count, 'above 0');
  }
  const variance = (1 / values.length + records.test / records.training) * varianceOf(values);
  if (variance === 0) throw tooFewError('splits that differ', 1, 2);
  const mean = meanOf(values);
  const standardError = Math.sqrt(variance);
  const degreesOfFreedom = values.length - 1;
  const half = studentQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
  return {
    mean,
    standardError,
    degreesOfFreedom,
    p: studentTwoSidedP(mean / standardError, degreesOfFreedom),
    interval: { lower: mean - half, upper: mean + half, level },
  };
}
