import type { EndpointMeasure } from '../endpoint/measure.js';
import { argumentError } from '../input/errors.js';
import { expectedAurocVariance, type VarianceModel } from './auroc-variance.js';
import { endpointModel } from './endpoint-model.js';
import { power, smallestDetectableDifference, type TestPrecision } from './power.js';

/** What is known, or assumed, of a study before training. */
export interface StudyDesign {
  /** Expected AUROC of both arms, inside (0, 1). */
  readonly auroc: number;
  /** Positive and negative records of the test part. */
  readonly positives: number;
  readonly negatives: number;
  /** Mean number of records a patient; 1 by default. */
  readonly recordsPerPatient?: number;
  /**
   * Correlation, within a patient and class, of what the arms score differently; 0.5 by default where a
   * patient has several records.
   */
  readonly withinPatientCorrelation?: number;
  /**
   * Correlation over patients of the arms' AUROCs averaged over seeds, higher than for a single seed; 0.7
   * by default, an assumption: arms read the same pictures.
   */
  readonly correlationBetweenArms?: number;
  readonly seeds: number;
  /** Standard deviation of an arm's AUROC over seeds; 0.004 by default, an assumption. */
  readonly seedDeviation?: number;
  readonly model?: VarianceModel;
  /** What is compared; the AUROC by default. `auroc` and `seedDeviation` are of the AUROC for every endpoint. */
  readonly endpoint?: EndpointMeasure;
  /** Records of the validation part, for endpoints whose threshold is chosen there. */
  readonly validation?: { readonly positives: number; readonly negatives: number };
}

/**
 * The precision a comparison of two arms will have. Patients: 2 V (1 - r), V from the effective counts,
 * records / (1 + (m - 1) ρ). Seeds: 2 sd² / k with 2 (k - 1) degrees of freedom, seeds being
 * nested in arms. Combined as in `compareAuroc`. For another endpoint than the AUROC, V and sd are those that binormal scores of
 * that AUROC have (`endpointModel`).
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function expectedPrecision(design: StudyDesign): TestPrecision {
  const {
    recordsPerPatient = 1,
    withinPatientCorrelation = 0.5,
    correlationBetweenArms = 0.7,
    seedDeviation = 0.004,
    seeds,
    model,
  } = design;
  requireRange('recordsPerPatient', recordsPerPatient, 1, Number.POSITIVE_INFINITY);
  requireRange('withinPatientCorrelation', withinPatientCorrelation, 0, 1);
  requireRange('correlationBetweenArms', correlationBetweenArms, -1, 0.999_999);
  requireRange('seedDeviation', seedDeviation, 0, 1);
  if (!Number.isInteger(seeds) || seeds < 1) throw argumentError('seeds', seeds, 'a whole number from 1');

  const designEffect = 1 + (recordsPerPatient - 1) * withinPatientCorrelation;
  const { variance: single, slope } = singleVariance(design, designEffect, model);
  const patients = 2 * single * (1 - correlationBetweenArms);
  const ofSeeds = seeds > 1 ? (2 * (slope * seedDeviation) ** 2) / seeds : 0;
  const variance = patients + ofSeeds;
  const patientDegrees = Math.max(1, Math.min(design.positives, design.negatives) / recordsPerPatient - 1);
  const spread = patients ** 2 / patientDegrees + (seeds > 1 ? ofSeeds ** 2 / (2 * (seeds - 1)) : 0);
  return { standardError: Math.sqrt(variance), degreesOfFreedom: variance ** 2 / spread };
}

/** Variance of one arm's endpoint over patients, and how it changes with the AUROC. */
function singleVariance(design: StudyDesign, designEffect: number, model: VarianceModel | undefined) {
  const { auroc, endpoint, validation } = design;
  const positives = design.positives / designEffect;
  const negatives = design.negatives / designEffect;
  if (endpoint === undefined || endpoint.metric === 'auroc') {
    return { variance: expectedAurocVariance(auroc, positives, negatives, model), slope: 1 };
  }
  const expected = endpointModel(endpoint, auroc, positives / (positives + negatives));
  const ofValidation =
    validation === undefined
      ? 0
      : designEffect *
        (expected.ofValidationPositives / validation.positives + expected.ofValidationNegatives / validation.negatives);
  return {
    variance: expected.ofPositives / positives + expected.ofNegatives / negatives + ofValidation,
    slope: expected.slope,
  };
}

/**
 * The smallest test part, keeping the share of positives, that finds `difference` with the wanted power;
 * null where no number of records does, because the seeds alone vary too much: add seeds.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function requiredRecords(
  difference: number,
  design: StudyDesign,
  alpha = 0.05,
  wantedPower = 0.8,
): { readonly positives: number; readonly negatives: number } | null {
  if (!(Math.abs(difference) > 0)) throw argumentError('The difference to find', difference, 'other than 0');
  const share = design.positives / (design.positives + design.negatives);
  const scaled = (records: number): StudyDesign => ({
    ...design,
    positives: Math.max(1, Math.ceil(records * share)),
    negatives: Math.max(1, Math.ceil(records * (1 - share))),
  });
  const enough = (records: number): boolean =>
    power(difference, expectedPrecision(scaled(records)), alpha) >= wantedPower;
  const most = 1e9;
  if (!enough(most)) return null;
  let low = 2;
  let high = 4;
  while (!enough(high)) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  const { positives, negatives } = scaled(high);
  return { positives, negatives };
}

/**
 * The smallest difference a planned study can be expected to find.
 *
 * @param comparisons arms to be compared with the control: alpha is divided by it, as in Holm's first step
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function plannedDetectableDifference(
  design: StudyDesign,
  comparisons = 1,
  alpha = 0.05,
  wantedPower = 0.8,
): number {
  if (!Number.isInteger(comparisons) || comparisons < 1) {
    throw argumentError('comparisons', comparisons, 'a whole number from 1');
  }
  return smallestDetectableDifference(expectedPrecision(design), alpha / comparisons, wantedPower);
}

function requireRange(name: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) throw argumentError(name, value, `from ${least} to ${most}`);
}
