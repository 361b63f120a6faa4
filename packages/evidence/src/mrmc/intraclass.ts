import { fQuantile } from '../distributions/f.js';
import { tooFewError } from '../input/errors.js';
import { type Interval, requireOpenUnit } from '../interval.js';
import { meanOf } from '../seeds/summary.js';

/** How far readers give the same case the same rating. */
export interface IntraclassCorrelation {
  /** At most 1; below 0 where readers agree less than by chance. Null where no rating differs from another. */
  readonly value: number | null;
  readonly interval: Interval | null;
}

/**
 * Intraclass correlation ICC(2,1): absolute agreement of single ratings, cases and readers random (Shrout and Fleiss
 * 1979; interval by McGraw and Wong 1996).
 *
 * @param ratings `ratings[case][reader]`, every reader on every case
 * @throws ChromarayError `CHROMARAY_EVIDENCE_TOO_FEW` below two cases or readers
 */
export function intraclassCorrelation(ratings: readonly (readonly number[])[], level = 0.95): IntraclassCorrelation {
  requireOpenUnit(level, 'The confidence level');
  const n = ratings.length;
  const k = ratings[0]?.length ?? 0;
  if (n < 2) throw tooFewError('cases', n, 2);
  if (k < 2) throw tooFewError('readers', k, 2);
  const ofCase = ratings.map(meanOf);
  const ofReader = ratings[0]!.map((_, j) => meanOf(ratings.map((row) => row[j]!)));
  const whole = meanOf(ofCase);
  const squares = (values: readonly number[]): number => values.reduce((sum, value) => sum + (value - whole) ** 2, 0);
  const msCases = (k * squares(ofCase)) / (n - 1);
  const msReaders = (n * squares(ofReader)) / (k - 1);
  let residual = 0;
  for (const [i, row] of ratings.entries()) {
    for (const [j, rating] of row.entries()) residual += (rating - ofCase[i]! - ofReader[j]! + whole) ** 2;
  }
  const msError = residual / ((n - 1) * (k - 1));
  const denominator = msCases + (k - 1) * msError + (k / n) * (msReaders - msError);
  if (denominator === 0) return { value: null, interval: null };
  const value = (msCases - msError) / denominator;
  if (msError === 0) return { value, interval: null };
  return { value, interval: intervalOf(value, { n, k, msCases, msReaders, msError }, level) };
}

interface MeanSquares {
  readonly n: number;
  readonly k: number;
  readonly msCases: number;
  readonly msReaders: number;
  readonly msError: number;
}

/** McGraw and Wong's (1996, Psychol Methods 1:30), with Satterthwaite's degrees of freedom. */
function intervalOf(icc: number, { n, k, msCases, msReaders, msError }: MeanSquares, level: number): Interval | null {
  if (icc >= 1) return null;
  const a = (k * icc) / (n * (1 - icc));
  const b = 1 + (k * icc * (n - 1)) / (n * (1 - icc));
  const v =
    (a * msReaders + b * msError) ** 2 / ((a * msReaders) ** 2 / (k - 1) + (b * msError) ** 2 / ((n - 1) * (k - 1)));
  const p = (1 + level) / 2;
  const [low, high] = [fQuantile(p, n - 1, v), fQuantile(p, v, n - 1)];
  const rest = k * msReaders + (k * n - k - n) * msError;
  return {
    lower: (n * (msCases - low * msError)) / (low * rest + n * msCases),
    upper: (n * (high * msCases - msError)) / (rest + n * high * msCases),
    level,
  };
}
