import { argumentError } from '../input/errors.js';
import type { MrmcComponents } from './components.js';
import { beyondRounding, excessCovariance, hillisDegrees } from './hillis.js';

/** What a result is to hold for: `random`, other readers or cases of the same kind; `fixed`, just these. */
export interface Generality {
  readonly readers: 'random' | 'fixed';
  readonly cases: 'random' | 'fixed';
}

/** The error against which arms are compared. */
export interface ErrorTerm {
  /** The expected mean square of arms where they do not differ; the variance of a difference is 2/r of it. */
  readonly meanSquare: number;
  /** Infinite where readers are fixed. */
  readonly degreesOfFreedom: number;
}

/**
 * The error term of Obuchowski and Rockette's test.
 *
 * - readers and cases random: MS(TR) + r max(Cov2 - Cov3, 0), with Hillis's degrees of freedom;
 * - fixed readers: Var - Cov1 + (r - 1) max(Cov2 - Cov3, 0), known but for the cases;
 * - fixed cases: MS(TR) alone.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` where both are fixed: nothing would vary
 */
export function errorTerm(components: MrmcComponents, generality: Generality): ErrorTerm {
  const { treatments, readers, msTR, variance, cov1, cov2, cov3 } = components;
  const excess = excessCovariance(cov2, cov3);
  const degrees = (treatments - 1) * (readers - 1);
  requireRandom(generality);
  if (generality.readers === 'fixed') {
    return {
      meanSquare: Math.max(0, beyondRounding(variance - cov1, variance) + (readers - 1) * excess),
      degreesOfFreedom: Number.POSITIVE_INFINITY,
    };
  }
  const added = generality.cases === 'random' ? readers * excess : 0;
  return { meanSquare: msTR + added, degreesOfFreedom: hillisDegrees(msTR, added, degrees) };
}

/** @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` */
export function requireRandom({ readers, cases }: Generality): void {
  if (readers === 'fixed' && cases === 'fixed') {
    throw argumentError('What may vary', 'neither readers nor cases', 'readers, cases or both');
  }
}
