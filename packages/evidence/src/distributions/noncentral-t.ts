import { argumentError } from '../input/errors.js';
import { logGamma } from './gamma.js';
import { normalCdf } from './normal.js';

/** Where the integrand is smooth and vanishes at both ends, few strips give all digits; elsewhere many are needed. */
const FEW_STRIPS = 240;
const MANY_STRIPS = 2000;

/**
 * P(|T| > critical) where T = (Z + shift) / sqrt(chi² / df): the power of a two-sided t test whose
 * statistic is centred at `shift`. Integrates the normal tail over the distribution of the estimated
 * standard error by Simpson's rule; absolute error below 1e-9 for df >= 1.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function noncentralTTails(critical: number, degreesOfFreedom: number, shift: number): number {
  if (!(degreesOfFreedom >= 1)) throw argumentError('The degrees of freedom', degreesOfFreedom, 'at least 1');
  if (!(critical >= 0)) throw argumentError('The critical value', critical, 'at least 0');
  const tails = (ratio: number): number => normalCdf(shift - critical * ratio) + normalCdf(-shift - critical * ratio);
  if (degreesOfFreedom > 1e7) return tails(1);

  // ratio = estimated / true standard error = sqrt(chi² / df), with the density of a scaled chi
  const half = degreesOfFreedom / 2;
  const logScale = Math.log(2) + half * Math.log(half) - logGamma(half);
  const density = (ratio: number): number => {
    if (ratio === 0) return degreesOfFreedom === 1 ? Math.exp(logScale) : 0;
    return Math.exp(logScale + (degreesOfFreedom - 1) * Math.log(ratio) - half * ratio * ratio);
  };
  const reach = 10 / Math.sqrt(2 * degreesOfFreedom);
  const low = Math.max(0, 1 - reach);
  const smooth = degreesOfFreedom >= 20 && critical <= 20;
  const strips = smooth ? FEW_STRIPS : MANY_STRIPS;
  const width = (1 + reach - low) / strips;
  let sum = 0;
  for (let i = 0; i <= strips; i++) {
    const ratio = low + i * width;
    const weight = i === 0 || i === strips ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * density(ratio) * tails(ratio);
  }
  return Math.min(1, (sum * width) / 3);
}
