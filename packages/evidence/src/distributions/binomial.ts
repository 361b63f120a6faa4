import { argumentError } from '../input/errors.js';
import { incompleteBeta } from './beta.js';
import { devianceTerm, stirlingError } from './gamma.js';

/** P(X = k) for X binomial with n draws of probability p, by Loader's saddle point form (2000). */
export function binomialMass(k: number, n: number, p: number): number {
  requireBinomial(n, p);
  if (!Number.isInteger(k) || k < 0 || k > n) return 0;
  return binomialDensity(k, n, p, 1 - p);
}

/** P(X <= k) for X binomial with n draws of probability p. */
export function binomialCdf(k: number, n: number, p: number): number {
  requireBinomial(n, p);
  if (k < 0) return 0;
  if (k >= n) return 1;
  return incompleteBeta(n - Math.floor(k), Math.floor(k) + 1, 1 - p);
}

/** The binomial mass for real k and n, which the beta density shares; q = 1 - p is passed to keep its digits. */
export function binomialDensity(k: number, n: number, p: number, q: number): number {
  if (p === 0) return k === 0 ? 1 : 0;
  if (q === 0) return k === n ? 1 : 0;
  if (k === 0) return Math.exp(n * (p < 0.1 ? Math.log1p(-p) : Math.log(q)));
  if (k === n) return Math.exp(n * (q < 0.1 ? Math.log1p(-q) : Math.log(p)));
  const exponent =
    stirlingError(n) - stirlingError(k) - stirlingError(n - k) - devianceTerm(k, n * p) - devianceTerm(n - k, n * q);
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}

function requireBinomial(n: number, p: number): void {
  if (!Number.isInteger(n) || n < 0) throw argumentError('The number of draws', n, 'a whole number from 0');
  if (!(p >= 0 && p <= 1)) throw argumentError('The probability of a draw', p, 'a number from 0 to 1');
}
