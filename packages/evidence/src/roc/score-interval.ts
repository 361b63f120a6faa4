import { normalQuantile } from '../distributions/normal.js';
import { argumentError } from '../input/errors.js';
import { type Interval, requireOpenUnit } from '../interval.js';

/**
 * Score-type interval of an AUROC from the counts alone (Newcombe 2006, Stat Med 25:559, method 5): all
 * θ with |estimate - θ| <= z sqrt(V(θ)), V being Hanley and McNeil's variance with balanced counts. It
 * has a sensible width also at perfect separation, where an estimated variance is 0.
 *
 * @param positives number of positive records, or of patients with one where records come in clusters
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function aurocScoreInterval(estimate: number, positives: number, negatives: number, level = 0.95): Interval {
  requireOpenUnit(level, 'The confidence level');
  if (!(estimate >= 0 && estimate <= 1)) throw argumentError('The AUROC', estimate, 'from 0 to 1');
  if (!(positives >= 1 && negatives >= 1)) {
    throw argumentError('The smaller class', Math.min(positives, negatives), 'at least one record');
  }
  const z = normalQuantile((1 + level) / 2);
  const inside = (theta: number): boolean => {
    const distance = estimate - theta;
    return distance * distance <= z * z * balancedVariance(theta, positives, negatives);
  };
  return { lower: boundary(inside, estimate, 0), upper: boundary(inside, estimate, 1), level };
}

function balancedVariance(theta: number, positives: number, negatives: number): number {
  const half = (positives + negatives) / 2 - 1;
  const pairs = 1 + (half * (1 - theta)) / (2 - theta) + (half * theta) / (1 + theta);
  return (theta * (1 - theta) * pairs) / positives / negatives;
}

/** The point between the estimate and a limit where the score test begins to reject. */
function boundary(inside: (theta: number) => boolean, estimate: number, limit: number): number {
  if (estimate === limit) return limit;
  let accepted = estimate;
  let rejected = limit;
  // From an estimate at the other limit the variance is 0: step off it to find accepted values.
  if (estimate === 0 || estimate === 1) accepted = estimate + (limit - estimate) * 1e-9;
  for (let step = 0; step < 100; step++) {
    const middle = (accepted + rejected) / 2;
    if (inside(middle)) accepted = middle;
    else rejected = middle;
  }
  return accepted;
}
