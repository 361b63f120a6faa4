import { argumentError } from '../input/errors.js';
import { requireOpenUnit } from '../interval.js';
import { incompleteBeta } from './beta.js';
import { normalCdf, normalQuantile } from './normal.js';

/** Above this many degrees of freedom Student's t and the normal distribution agree to all shown digits. */
const PRACTICALLY_NORMAL = 1e10;

/**
 * P(T <= t) for Student's t; `degreesOfFreedom` is any number above 0, infinity included.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function studentCdf(t: number, degreesOfFreedom: number): number {
  const tail = upperTail(Math.abs(t), degreesOfFreedom);
  return t > 0 ? 1 - tail : tail;
}

/** Two-sided p value of a t statistic. */
export function studentTwoSidedP(t: number, degreesOfFreedom: number): number {
  return Math.min(1, 2 * upperTail(Math.abs(t), degreesOfFreedom));
}

/**
 * The t with P(T <= t) = p, for p in (0, 1): bracketed, then bisected to the last digit.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  requireOpenUnit(p, "The probability of a Student's t quantile");
  requireDegrees(degreesOfFreedom);
  if (degreesOfFreedom > PRACTICALLY_NORMAL) return normalQuantile(p);
  if (p === 0.5) return 0;
  const tail = p < 0.5 ? p : 1 - p;
  let low = 0;
  let high = 1;
  while (upperTail(high, degreesOfFreedom) > tail && high < 1e300) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < 200 && high - low > 4e-16 * high; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (upperTail(middle, degreesOfFreedom) > tail) low = middle;
    else high = middle;
  }
  const t = (low + high) / 2;
  return p < 0.5 ? -t : t;
}

function upperTail(t: number, degreesOfFreedom: number): number {
  requireDegrees(degreesOfFreedom);
  if (degreesOfFreedom > PRACTICALLY_NORMAL) return normalCdf(-t);
  if (t === Number.POSITIVE_INFINITY) return 0;
  const square = t * t;
  const inside = degreesOfFreedom / (degreesOfFreedom + square);
  return 0.5 * incompleteBeta(degreesOfFreedom / 2, 0.5, inside, square / (degreesOfFreedom + square));
}

function requireDegrees(degreesOfFreedom: number): void {
  if (!(degreesOfFreedom > 0)) throw argumentError('The degrees of freedom', degreesOfFreedom, 'above 0');
}
