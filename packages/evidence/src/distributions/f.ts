import { argumentError } from '../input/errors.js';
import { requireOpenUnit } from '../interval.js';
import { incompleteBeta } from './beta.js';
import { logGamma } from './gamma.js';
import { normalTwoSidedP } from './normal.js';

/** Above this many degrees of freedom F is chi-square to all shown digits. */
const PRACTICALLY_INFINITE = 1e10;

/**
 * P(F > f) for Fisher's F; the denominator's degrees of freedom may be infinite, then `numerator` times F is chi-square.
 *
 * @param numerator a whole number from 1 where `denominator` is infinite
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function fUpperTail(f: number, numerator: number, denominator: number): number {
  if (!(numerator > 0)) throw argumentError('The degrees of freedom of the numerator', numerator, 'above 0');
  if (!(denominator > 0)) throw argumentError('The degrees of freedom of the denominator', denominator, 'above 0');
  if (!(f > 0)) return 1;
  if (denominator > PRACTICALLY_INFINITE) return chiSquareUpperTail(numerator * f, numerator);
  if (f === Number.POSITIVE_INFINITY) return 0;
  const whole = denominator + numerator * f;
  return incompleteBeta(denominator / 2, numerator / 2, denominator / whole, (numerator * f) / whole);
}

/**
 * P(X > x) for chi-square with a whole number of degrees of freedom: its closed form, two degrees at a time (Abramowitz &
 * Stegun 26.4.4 and 26.4.5).
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function chiSquareUpperTail(x: number, degreesOfFreedom: number): number {
  if (!(Number.isInteger(degreesOfFreedom) && degreesOfFreedom > 0)) {
    throw argumentError('The degrees of freedom', degreesOfFreedom, 'a whole number from 1');
  }
  if (!(x > 0)) return 1;
  const odd = degreesOfFreedom % 2 === 1;
  let tail = odd ? normalTwoSidedP(Math.sqrt(x)) : Math.exp(-x / 2);
  for (let k = odd ? 1 : 2; k < degreesOfFreedom; k += 2) {
    tail += Math.exp((k / 2) * Math.log(x / 2) - x / 2 - logGamma(k / 2 + 1));
  }
  return Math.min(1, tail);
}

/**
 * The f with P(F <= f) = p, for p in (0, 1): bracketed, then bisected.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function fQuantile(p: number, numerator: number, denominator: number): number {
  requireOpenUnit(p, 'The probability of a quantile of F');
  let low = 0;
  let high = 1;
  while (fUpperTail(high, numerator, denominator) > 1 - p && high < 1e300) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < 200 && high - low > 4e-16 * high; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (fUpperTail(middle, numerator, denominator) > 1 - p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
