import { normalCdf, normalDensity, normalQuantile } from '../distributions/normal.js';
import { argumentError } from '../input/errors.js';
import { requireOpenUnit } from '../interval.js';

/**
 * What scores are assumed to look like: `binormal`, exact for normal scores of equal spread; `hanley-mcneil`,
 * exact for exponential scores; `obuchowski`, the usual approximation for ratings, which is cautious for
 * scores on a fine scale (about a quarter too large a standard error near an AUROC of 0.9).
 */
export type VarianceModel = 'binormal' | 'hanley-mcneil' | 'obuchowski';

/**
 * The variance that an AUROC will have, from its expected value and the counts, before any data.
 *
 * `binormal` and `hanley-mcneil` (1982, Radiology 143:29) use the variance of the Mann-Whitney statistic,
 * [θ(1 - θ) + (n+ - 1)(Q1 - θ²) + (n- - 1)(Q2 - θ²)] / (n+ n-), where Q1 is the probability that two
 * positives score above one negative, Q2 that one positive scores above two negatives. Exponential scores
 * have Q1 = θ/(2 - θ), Q2 = 2θ²/(1 + θ); for normal scores both are ∫φ(y) Φ(√2 Φ⁻¹(θ) - y)² dy.
 * `obuchowski` (Obuchowski & McClish 1997, Stat Med 16:1529), with a = √2 Φ⁻¹(θ):
 * exp(-a²/2) / (32π) [(5a² + 8) / n+ + (a² + 8) / n-], whose factor the paper rounds to 0.0099.
 *
 * @param positives effective number: records divided by the design effect where patients have several
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function expectedAurocVariance(
  auroc: number,
  positives: number,
  negatives: number,
  model: VarianceModel = 'binormal',
): number {
  requireOpenUnit(auroc, 'The expected AUROC');
  if (!(positives > 0 && negatives > 0)) {
    throw argumentError('The smaller class', Math.min(positives, negatives), 'above 0 records');
  }
  const a = Math.SQRT2 * normalQuantile(auroc);
  if (model === 'obuchowski') {
    const scale = Math.exp((-a * a) / 2) / (32 * Math.PI);
    return scale * ((5 * a * a + 8) / positives + (a * a + 8) / negatives);
  }
  const square = auroc * auroc;
  const [q1, q2] =
    model === 'hanley-mcneil' ? [auroc / (2 - auroc), (2 * square) / (1 + auroc)] : [bothAbove(a), bothAbove(a)];
  return (
    (auroc * (1 - auroc) + Math.max(0, positives - 1) * (q1 - square) + Math.max(0, negatives - 1) * (q2 - square)) /
    positives /
    negatives
  );
}

/** The probability that two normal scores with mean `a` both exceed one with mean 0, by Simpson's rule. */
function bothAbove(a: number): number {
  const reach = 9;
  const strips = 400;
  const width = (2 * reach) / strips;
  let sum = 0;
  for (let i = 0; i <= strips; i++) {
    const y = i * width - reach;
    const weight = i === 0 || i === strips ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * normalDensity(y) * normalCdf(a - y) ** 2;
  }
  return (sum * width) / 3;
}
