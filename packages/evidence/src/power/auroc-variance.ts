import { normalQuantile } from '../distributions/normal.js';
import { argumentError } from '../input/errors.js';
import { requireOpenUnit } from '../interval.js';

/** `obuchowski`: binormal scores; `hanley-mcneil`: exponential scores, from the AUROC alone. */
export type VarianceModel = 'obuchowski' | 'hanley-mcneil';

/**
 * The variance that an AUROC will have, from its expected value and the counts, before any data.
 *
 * `obuchowski` (Obuchowski & McClish 1997, Stat Med 16:1529, classes of equal spread), with
 * a = √2 Φ⁻¹(AUROC): exp(-a²/2) / (32π) [(5a² + 8) / positives + (a² + 8) / negatives], whose factor the
 * paper rounds to 0.0099. `hanley-mcneil` (1982, Radiology 143:29) with Q1 = θ/(2 - θ), Q2 = 2θ²/(1 + θ).
 *
 * @param positives effective number: records divided by the design effect where patients have several
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function expectedAurocVariance(
  auroc: number,
  positives: number,
  negatives: number,
  model: VarianceModel = 'obuchowski',
): number {
  requireOpenUnit(auroc, 'The expected AUROC');
  if (!(positives > 0 && negatives > 0)) {
    throw argumentError('The smaller class', Math.min(positives, negatives), 'above 0 records');
  }
  if (model === 'hanley-mcneil') {
    const q1 = auroc / (2 - auroc);
    const q2 = (2 * auroc * auroc) / (1 + auroc);
    const square = auroc * auroc;
    return (
      (auroc * (1 - auroc) + (positives - 1) * (q1 - square) + (negatives - 1) * (q2 - square)) / positives / negatives
    );
  }
  const a = Math.SQRT2 * normalQuantile(auroc);
  const scale = Math.exp((-a * a) / 2) / (32 * Math.PI);
  return scale * ((5 * a * a + 8) / positives + (a * a + 8) / negatives);
}
