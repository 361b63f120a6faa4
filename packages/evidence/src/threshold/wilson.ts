import { normalQuantile } from '../distributions/normal.js';
import { argumentError } from '../input/errors.js';
import { boundedInterval, type Interval, requireOpenUnit } from '../interval.js';

/** A share of `n` records with its interval; value and interval are null where n is 0. */
export interface Proportion {
  readonly value: number | null;
  readonly count: number;
  readonly n: number;
  readonly interval: Interval | null;
}

/**
 * Wilson's score interval of a proportion (Wilson 1927), without continuity correction; inside [0, 1]
 * and of sensible width also for 0 or n of n.
 *
 * @param count successes, from 0 to n; need not be whole when n is an effective sample size
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function wilsonInterval(count: number, n: number, level = 0.95): Interval {
  requireOpenUnit(level, 'The confidence level');
  if (!(n > 0 && Number.isFinite(n))) throw argumentError('The sample size', n, 'above 0');
  if (!(count >= 0 && count <= n)) throw argumentError('The count', count, `from 0 to ${n}`);
  const z = normalQuantile((1 + level) / 2);
  const share = count / n;
  const shrink = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / shrink;
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / shrink;
  return boundedInterval(count === 0 ? 0 : centre - half, count === n ? 1 : centre + half, level);
}

/** A proportion with Wilson's interval. */
export function proportion(count: number, n: number, level = 0.95): Proportion {
  if (n === 0) return { value: null, count, n, interval: null };
  return { value: count / n, count, n, interval: wilsonInterval(count, n, level) };
}
