import { fUpperTail } from '../distributions/f.js';
import type { MrmcComponents } from './components.js';
import { type ErrorTerm, errorTerm, type Generality, requireRandom } from './error-term.js';
import { hillisDegrees } from './hillis.js';

/** Test that all arms have the same expected value. */
export interface MrmcTest extends ErrorTerm {
  readonly f: number;
  readonly numeratorDegrees: number;
  readonly p: number;
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
