import { argumentError } from '../input/errors.js';
import { binomialDensity } from './binomial.js';

/**
 * The regularised incomplete beta function I_x(a, b), for a, b > 0 and x in [0, 1]; its complement is
 * I_{1-x}(b, a). Continued fraction (Abramowitz & Stegun 26.5.8, evaluated by Lentz's method) behind a
 * prefactor in saddle point form, so that it stays accurate for a and b in the millions.
 *
 * @param complement 1 - x, where the caller knows it with more digits than the subtraction leaves
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function incompleteBeta(a: number, b: number, x: number, complement = 1 - x): number {
  if (!(a > 0)) throw argumentError('The first parameter of the beta distribution', a, 'above 0');
  if (!(b > 0)) throw argumentError('The second parameter of the beta distribution', b, 'above 0');
  if (!(x >= 0 && x <= 1)) throw argumentError('The quantile of the beta distribution', x, 'from 0 to 1');
  if (x === 0) return 0;
  if (complement === 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - lowerTail(b, a, complement, x);
  return lowerTail(a, b, x, complement);
}

function lowerTail(a: number, b: number, x: number, y: number): number {
  // x^a y^b / (a B(a, b)), written with the binomial density
  const prefactor = (b / (a + b)) * binomialDensity(a, a + b, x, y);
  return prefactor === 0 ? 0 : prefactor * continuedFraction(a, b, x);
}

const TINY = 1e-300;

function continuedFraction(a: number, b: number, x: number): number {
  const avoidZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / avoidZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 1_000_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / avoidZero(1 + even * d);
    c = avoidZero(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / avoidZero(1 + odd * d);
    c = avoidZero(1 + odd / c);
    const factor = d * c;
    result *= factor;
    if (Math.abs(factor - 1) < 2e-16) break;
  }
  return result;
}
