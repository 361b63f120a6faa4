import { fUpperTail } from '../distributions/f.js';
import { argumentError } from '../input/errors.js';
import type { MrmcComponents } from './components.js';
import { excessCovariance, hillisDegrees } from './hillis.js';

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

/** Test that all arms have the same expected value. */
export interface MrmcTest extends ErrorTerm {
  readonly f: number;
  readonly numeratorDegrees: number;
  readonly p: number;
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
      meanSquare: Math.max(0, variance - cov1 + (readers - 1) * excess),
      degreesOfFreedom: Number.POSITIVE_INFINITY,
    };
  }
  const added = generality.cases === 'random' ? readers * excess : 0;
  return { meanSquare: msTR + added, degreesOfFreedom: hillisDegrees(msTR, added, degrees) };
}

/**
 * Obuchowski and Rockette's F test of equal arms. The chi-square of fixed readers is t - 1 times this F, with infinite
 * degrees of freedom.
 *
 * @returns null where nothing varies: without variance nothing is known
 */
export function mrmcTest(components: MrmcComponents, generality: Generality): MrmcTest | null {
  const error = errorTerm(components, generality);
  if (error.meanSquare === 0) return null;
  const f = components.msT / error.meanSquare;
  const numeratorDegrees = components.treatments - 1;
  return { ...error, f, numeratorDegrees, p: fUpperTail(f, numeratorDegrees, error.degreesOfFreedom) };
}

/** One arm's mean over readers, with the variance of it. */
export interface ArmMean {
  readonly mean: number;
  readonly variance: number;
  readonly degreesOfFreedom: number;
}

/**
 * The mean over readers in one arm, from that arm's readings alone: (MS(R) + r max(Cov2, 0)) / r, with degrees of
 * freedom as above (Hillis 2014, Stat Med 33:330).
 */
export function armMean(components: MrmcComponents, treatment: number, generality: Generality): ArmMean {
  requireRandom(generality);
  const { readers } = components;
  const { mean, msR, variance, cov2 } = components.perTreatment[treatment]!;
  const shared = Math.max(cov2, 0);
  if (generality.readers === 'fixed') {
    return {
      mean,
      variance: (variance + (readers - 1) * shared) / readers,
      degreesOfFreedom: Number.POSITIVE_INFINITY,
    };
  }
  const added = generality.cases === 'random' ? readers * shared : 0;
  return { mean, variance: (msR + added) / readers, degreesOfFreedom: hillisDegrees(msR, added, readers - 1) };
}

function requireRandom({ readers, cases }: Generality): void {
  if (readers === 'fixed' && cases === 'fixed') {
    throw argumentError('What may vary', 'neither readers nor cases', 'readers, cases or both');
  }
}
