import type { Random } from '@chromaray/base';
import { argumentError } from '../input/errors.js';
import { meanOf, varianceOf } from '../seeds/summary.js';
import type { MeasuredRate } from '../simulate/error-rates.js';
import { caseDesign } from './case-design.js';
import { analyseArms, type MrmcMethod } from './compare-arms.js';
import { type RoeMetzModel, roeMetzAucs, simulateRoeMetz } from './roe-metz.js';

/** How often the analysis of readers errs over simulated studies. */
export interface ReaderErrorRates {
  readonly studies: number;
  /** Share with p <= alpha: the type I error where both arms are equal, else the power. */
  readonly significant: MeasuredRate;
  /** Share of intervals of the difference that hold the truth. */
  readonly coverage: MeasuredRate;
  /** Share of intervals of the control's AUC that hold the truth. */
  readonly armCoverage: MeasuredRate;
  /** Mean squared standard error over the variance that the differences have: 1 where the variance is right. */
  readonly varianceRatio: number;
}

/**
 * Analyses simulated studies of two arms whose truth is known.
 *
 * @param studies 2000 give a Monte Carlo error of 0.005 for a rate of 0.05
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function measureReaderErrors(
  model: RoeMetzModel,
  studies: number,
  random: Random,
  options: { readonly method?: MrmcMethod; readonly alpha?: number } = {},
): ReaderErrorRates {
  const { method = usualMethod, alpha = 0.05 } = options;
  if (!Number.isInteger(studies) || studies < 2) throw argumentError('studies', studies, 'a whole number from 2');
  const [control, arm] = roeMetzAucs(model);
  const truth = arm! - control!;
  const differences = new Float64Array(studies);
  const variances = new Float64Array(studies);
  let [significant, covered, armCovered] = [0, 0, 0];
  for (let s = 0; s < studies; s++) {
    const table = simulateRoeMetz(model, random.fork(s));
    const analysed = { table, design: caseDesign(table), withoutAnArm: [], missing: 0, incomplete: [] };
    const { comparisons, arms } = analyseArms(analysed, table.treatments[0]!, method, 1 - alpha);
    const [{ difference, standardError, p, interval }] = comparisons as [(typeof comparisons)[number]];
    differences[s] = difference;
    variances[s] = standardError ** 2;
    if (p <= alpha) significant++;
    if (interval.lower <= truth && truth <= interval.upper) covered++;
    const own = arms[0]!.interval!;
    if (own.lower <= control! && control! <= own.upper) armCovered++;
  }
  const rate = (count: number): MeasuredRate => {
    const share = count / studies;
    return { rate: share, standardError: Math.sqrt((share * (1 - share)) / studies) };
  };
  return {
    studies,
    significant: rate(significant),
    coverage: rate(covered),
    armCoverage: rate(armCovered),
    varianceRatio: meanOf(variances) / varianceOf(differences),
  };
}

const usualMethod: MrmcMethod = {
  merit: { of: 'auc' },
  covariance: 'jackknife',
  generality: { readers: 'random', cases: 'random' },
};
