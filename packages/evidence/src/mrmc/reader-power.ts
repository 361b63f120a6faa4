import { noncentralTTails } from '../distributions/noncentral-t.js';
import { studentQuantile } from '../distributions/student-t.js';
import { argumentError } from '../input/errors.js';
import { requireOpenUnit } from '../interval.js';
import type { TestPrecision } from '../power/power.js';
import type { MrmcComponents } from './components.js';
import type { Generality } from './error-term.js';
import { excessCovariance } from './hillis.js';

/** What sample size follows from: of a pilot, or published. */
export interface VarianceComponents {
  /** Variance of arm x reader (VarTR); an estimate below 0 counts as 0. */
  readonly armByReader: number;
  /** Of one cell's value, over cases; so are the covariances. */
  readonly variance: number;
  readonly cov1: number;
  readonly cov2: number;
  readonly cov3: number;
  /** Cases on which these were estimated: they shrink in proportion to the number of cases. */
  readonly cases: number;
}

/** The components of a study, for planning another: VarTR = MS(TR) - Var + Cov1 + max(Cov2 - Cov3, 0). */
export function planningComponents(components: MrmcComponents): VarianceComponents {
  const { msTR, variance, cov1, cov2, cov3, cases } = components;
  return { armByReader: msTR - variance + cov1 + excessCovariance(cov2, cov3), variance, cov1, cov2, cov3, cases };
}

/** A study to be planned: two arms, every reader reads every case in both. */
export interface ReaderPlan {
  readonly readers: number;
  /** Positive and negative, in the proportion of the study the components come from. */
  readonly cases: number;
}

/**
 * Expected standard error and degrees of freedom of a difference between two arms (Hillis, Obuchowski and Berbaum 2011,
 * Acad Radiol 18:129; Hillis and Schartz 2018, J Med Imaging 5:031410).
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` below two readers (random) or four cases
 */
export function plannedPrecision(
  components: VarianceComponents,
  { readers, cases }: ReaderPlan,
  generality: Generality,
): TestPrecision {
  const least = generality.readers === 'random' ? 2 : 1;
  if (!(Number.isInteger(readers) && readers >= least))
    throw argumentError('The number of readers', readers, `a whole number from ${least}`);
  if (!(Number.isInteger(cases) && cases >= 4))
    throw argumentError('The number of cases', cases, 'a whole number from 4');
  const { variance, cov1, cov2, cov3 } = components;
  const shrink = components.cases / cases;
  const excess = excessCovariance(cov2, cov3);
  const ofReaders = generality.readers === 'random' ? Math.max(0, components.armByReader) : 0;
  const own = Math.max(0, variance - cov1 - excess);
  // Fixed cases vary nobody's mean but through readers: what two arms of one reader share falls out.
  const added = generality.cases === 'random' ? shrink * readers * excess : 0;
  const meanSquare = ofReaders + shrink * own;
  const error = meanSquare + added;
  return {
    standardError: Math.sqrt((2 / readers) * error),
    degreesOfFreedom:
      generality.readers === 'fixed' ? Number.POSITIVE_INFINITY : (error / meanSquare) ** 2 * (readers - 1),
  };
}

/** The chance of a significant result (two-sided), for a true difference. */
export function readerPower(
  components: VarianceComponents,
  plan: ReaderPlan,
  options: { readonly difference: number; readonly alpha: number; readonly generality: Generality },
): number {
  const { difference, alpha, generality } = options;
  requireOpenUnit(alpha, 'alpha');
  const { standardError, degreesOfFreedom } = plannedPrecision(components, plan, generality);
  const critical = studentQuantile(1 - alpha / 2, degreesOfFreedom);
  return noncentralTTails(critical, degreesOfFreedom, Math.abs(difference) / standardError);
}

/** Studies of more cases are not sought. */
const mostCases = 20_000;

/**
 * The fewest cases with which a number of readers reaches the wanted power.
 *
 * @returns null where no number up to 20,000 does: more readers are needed
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function requiredCases(
  components: VarianceComponents,
  readers: number,
  options: {
    readonly difference: number;
    readonly alpha: number;
    readonly power: number;
    readonly generality: Generality;
  },
): number | null {
  requireOpenUnit(options.power, 'The wanted power');
  const suffices = (cases: number): boolean => readerPower(components, { readers, cases }, options) >= options.power;
  let [low, high] = [3, 4];
  while (!suffices(high)) {
    if (high >= mostCases) return null;
    low = high;
    high = Math.min(mostCases, 2 * high);
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (suffices(middle)) high = middle;
    else low = middle;
  }
  return high;
}
