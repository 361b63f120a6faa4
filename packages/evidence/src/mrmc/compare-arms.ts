import { studentQuantile, studentTwoSidedP } from '../distributions/student-t.js';
import { argumentError } from '../input/errors.js';
import { type Interval, inversionP } from '../interval.js';
import { type ComparisonBasis, comparisonInterval } from '../seeds/difference.js';
import { type ArmEstimate, armInterval, nearLimit, type PatientCounts } from '../seeds/near-limit.js';
import type { AnalysedTable } from './analysed-table.js';
import { type MrmcComponents, mrmcComponents } from './components.js';
import type { CovarianceMethod } from './covariance.js';
import { errorTerm, type Generality } from './error-term.js';
import type { Merit } from './merit.js';
import { type ArmMean, armMean, type MrmcTest, mrmcTest } from './obuchowski-rockette.js';
import type { ReaderTable } from './readings.js';

/** How a reader study is analysed. */
export interface MrmcMethod {
  readonly merit: Merit;
  readonly covariance: CovarianceMethod;
  readonly generality: Generality;
}

/** One arm, mean over readers. */
export interface ReaderArm {
  readonly treatment: string;
  readonly mean: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** On the logit scale; null where there is neither a variance nor a count to make it from (a partial area). */
  readonly interval: Interval | null;
  /** In the order of the readers; each for new cases alone. */
  readonly perReader: readonly { readonly value: number; readonly interval: Interval | null }[];
}

/** One arm less the control. */
export interface ReaderComparison extends ComparisonBasis {
  readonly arm: string;
  readonly control: string;
  /** In the order of the readers. */
  readonly perReader: readonly number[];
  /** Two-sided, before any correction for several arms. */
  readonly p: number;
  /** At the level asked for. */
  readonly interval: Interval;
}

/** A whole analysis. */
export interface MrmcAnalysis {
  readonly components: MrmcComponents;
  /** Of all arms together; null where nothing varies. */
  readonly overall: MrmcTest | null;
  readonly arms: readonly ReaderArm[];
  readonly comparisons: readonly ReaderComparison[];
}

/**
 * Compares every arm with the control by the method of Obuchowski and Rockette. Where every arm shows the same cases, all
 * comparisons share one error term (Hillis 2007); otherwise each has that of its own two arms, since only some pairs of
 * arms share cases.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for a control that is no arm; `CHROMARAY_MRMC_TOO_FEW`
 */
export function analyseArms(
  { table, design }: AnalysedTable,
  control: string,
  method: MrmcMethod,
  level = 0.95,
): MrmcAnalysis {
  const { merit, covariance, generality } = method;
  const controlNumber = table.treatments.indexOf(control);
  if (controlNumber < 0) throw argumentError('The control', control, `one of the arms ${table.treatments.join(', ')}`);
  const components = mrmcComponents(table, merit, covariance);
  const means = table.treatments.map((_, i) => armMean(components, i, generality));
  const pooled = design.kind !== 'cases nested in arms';
  const comparisons = table.treatments.flatMap((arm, i) => {
    if (i === controlNumber) return [];
    const own = pooled ? components : mrmcComponents(armsOf(table, [i, controlNumber]), merit, covariance);
    const error = errorTerm(own, generality);
    const pair = { arm: means[i]!, control: means[controlNumber]! };
    const basis = comparisonBasis(pair, (2 / components.readers) * error.meanSquare, error.degreesOfFreedom, {
      merit,
      table,
    });
    const perReader = components.values[i]!.map((value, j) => value - components.values[controlNumber]![j]!);
    return [{ ...basis, arm, control, perReader, p: comparisonP(basis), interval: comparisonInterval(basis, level) }];
  });
  return {
    components,
    overall: mrmcTest(components, generality),
    arms: means.map((mean, i) => readerArm(table, components, i, mean, merit, level)),
    comparisons,
  };
}

/** A difference without variance has the interval of the arms' own: that nothing varied is no certainty. */
function comparisonBasis(
  pair: { readonly arm: ArmMean; readonly control: ArmMean },
  variance: number,
  degreesOfFreedom: number,
  of: { readonly merit: Merit; readonly table: ReaderTable },
): ComparisonBasis {
  const estimate = ({ mean, variance: own }: ArmMean): ArmEstimate => ({ value: mean, variance: own });
  const near =
    variance > 0 ? null : nearLimit(estimate(pair.arm), estimate(pair.control), 0, countsOf(of.merit, of.table));
  return {
    difference: pair.arm.mean - pair.control.mean,
    standardError: Math.sqrt(variance),
    degreesOfFreedom,
    ...(near === null ? {} : { nearLimit: near }),
  };
}

function comparisonP(basis: ComparisonBasis): number {
  if (basis.nearLimit === undefined) {
    return studentTwoSidedP(basis.difference / basis.standardError, basis.degreesOfFreedom);
  }
  return basis.difference === 0 ? 1 : inversionP((atLevel) => comparisonInterval(basis, atLevel));
}

function readerArm(
  table: ReaderTable,
  components: MrmcComponents,
  i: number,
  { mean, variance, degreesOfFreedom }: ArmMean,
  merit: Merit,
  level: number,
): ReaderArm {
  const counts = countsOf(merit, table);
  const interval = (value: number, own: number, degrees: number): Interval | null =>
    own === 0 && merit.of === 'partial auc'
      ? null
      : armInterval({ value, variance: own }, counts, studentQuantile((1 + level) / 2, degrees), level);
  const { variances } = components.perTreatment[i]!;
  return {
    treatment: table.treatments[i]!,
    mean,
    standardError: Math.sqrt(variance),
    degreesOfFreedom,
    interval: interval(mean, variance, degreesOfFreedom),
    perReader: components.values[i]!.map((value, j) => ({
      value,
      interval: interval(value, Math.max(0, variances[j]!), Number.POSITIVE_INFINITY),
    })),
  };
}

function countsOf(merit: Merit, { truth }: ReaderTable): PatientCounts {
  const positives = truth.reduce((sum, label) => sum + label, 0);
  const negatives = truth.length - positives;
  if (merit.of === 'sensitivity') return { of: 'share', patients: positives };
  return merit.of === 'specificity' ? { of: 'share', patients: negatives } : { of: 'auroc', positives, negatives };
}

/** The same table with these arms alone. */
function armsOf(table: ReaderTable, arms: readonly number[]): ReaderTable {
  return {
    ...table,
    treatments: arms.map((i) => table.treatments[i]!),
    cells: arms.map((i, treatment) => table.cells[i]!.map((cell) => (cell === null ? null : { ...cell, treatment }))),
  };
}
