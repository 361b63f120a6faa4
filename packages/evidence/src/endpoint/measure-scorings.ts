import { type Clusters, type Patients, toClusters } from '../input/clusters.js';
import { argumentError, emptyError, lengthError } from '../input/errors.js';
import { type CheckedScores, checkTwoClasses, type Labels, type Scores } from '../input/scored.js';
import { type ClassParts, partsCovariance, patientsPerClass } from '../roc/covariance.js';
import { placementsOf } from '../roc/placement.js';
import type { PatientCounts } from '../seeds/near-limit.js';
import { partsAtThreshold, resampledCovariance, thresholdDeviations, utilityOf } from './at-threshold.js';
import { averagePrecisionParts } from './average-precision.js';
import { brierParts } from './brier.js';
import { type EndpointMeasure, needsThreshold, requireRange } from './measure.js';
import { partialAurocParts } from './partial-auroc.js';
import { WeightedThreshold } from './weighted-threshold.js';

/** Several scorings of the same records. */
export interface ScoredPart {
  readonly labels: Labels;
  /** The patient of each record; without it every record counts as an independent patient. */
  readonly patients?: Patients;
  /** One list a scoring. */
  readonly scores: readonly Scores[];
}

/** What an endpoint is for several scorings, and how it varies over patients. */
export interface MeasuredScorings {
  readonly values: readonly number[];
  /** Over new patients, between scorings. */
  readonly covariance: readonly (readonly number[])[];
  /** Of the covariance: independent patients in the smallest class that counts - 1. */
  readonly patientDegrees: number;
  /** What an interval without variance rests on. */
  readonly counts: PatientCounts;
}

/** Several scorings by what each record, and the choice of each threshold, adds to their values. */
export interface ScoringParts {
  readonly parts: readonly ClassParts[];
  /** For endpoints with a threshold: by scoring, its value less the mean at thresholds chosen on resamples of validation. */
  readonly thresholds?: readonly Float64Array[];
  readonly clusters: Clusters;
  readonly patientDegrees: number;
  readonly counts: PatientCounts;
}

/**
 * Measures several scorings of the same records. Test patients make the value vary through their parts in it; where a
 * threshold is chosen, validation patients through the threshold. The two parts share no patient, so both add up.
 *
 * @param validation the same scorings on the validation part, in the same order
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input; `_ARGUMENT` where a threshold is needed and there is no
 *   validation part; `_TOO_FEW` below two patients in a class
 */
export function measureScorings(measure: EndpointMeasure, test: ScoredPart, validation?: ScoredPart): MeasuredScorings {
  return measuredParts(scoringParts(measure, test, validation));
}

/** Values and covariance of scorings from their parts. */
export function measuredParts({ parts, thresholds, clusters, ...rest }: ScoringParts): MeasuredScorings {
  const ofTest = partsCovariance(parts, clusters);
  const ofThresholds = thresholds === undefined ? undefined : resampledCovariance(thresholds);
  return {
    ...rest,
    values: parts.map(({ value }) => value),
    covariance:
      ofThresholds === undefined ? ofTest : ofTest.map((row, a) => row.map((value, b) => value + ofThresholds[a]![b]!)),
  };
}

/** What `measureScorings` works with, before covariances: parts can be averaged over scorings. @throws as it does */
export function scoringParts(measure: EndpointMeasure, test: ScoredPart, validation?: ScoredPart): ScoringParts {
  const { checked, clusters } = checkedPart(test);
  const inTest = patientsPerClass(checked[0]!.labels, clusters);
  const smaller = Math.min(inTest.positivePatients, inTest.negativePatients);
  if (!needsThreshold(measure)) {
    return {
      parts: checked.map((scoring) => partsOf(measure, scoring)),
      clusters,
      patientDegrees: Math.max(1, smaller - 1),
      counts: countsFor(measure, inTest),
    };
  }
  if (validation === undefined)
    throw argumentError('The validation part', validation, 'given, to choose thresholds on');
  if (validation.scores.length !== test.scores.length) {
    throw lengthError('scorings of the test part', test.scores.length, 'of validation', validation.scores.length);
  }
  const chosenOn = checkedPart(validation);
  const inValidation = patientsPerClass(chosenOn.checked[0]!.labels, chosenOn.clusters);
  const everybody = new Uint8Array(chosenOn.clusters.count).fill(1);
  const parts = checked.map((scoring, s) => {
    const chooser = new WeightedThreshold(chosenOn.checked[s]!, chosenOn.clusters);
    return partsOf(measure, scoring, chooser.choose(everybody, utilityOf(measure)));
  });
  const fewest = {
    sensitivity: Math.min(inTest.positivePatients, inValidation.negativePatients),
    specificity: Math.min(inTest.negativePatients, inValidation.positivePatients),
    'balanced-accuracy': Math.min(smaller, inValidation.positivePatients, inValidation.negativePatients),
  }[measure.metric as 'sensitivity' | 'specificity' | 'balanced-accuracy'];
  return {
    parts,
    thresholds: thresholdDeviations(measure, chosenOn, checked),
    clusters,
    patientDegrees: Math.max(1, fewest - 1),
    counts: countsFor(measure, inTest),
  };
}

function checkedPart({ labels, patients, scores }: ScoredPart) {
  if (scores.length === 0) throw emptyError('seeds');
  return {
    checked: scores.map((ofSeed) => checkTwoClasses(labels, ofSeed)),
    clusters: toClusters(patients, labels.length),
  };
}

/**
 * An endpoint of one scoring with each record's part in it.
 *
 * @param threshold for endpoints that decide
 */
export function partsOf(measure: EndpointMeasure, checked: CheckedScores, threshold = Number.NaN): ClassParts {
  if (needsThreshold(measure)) return partsAtThreshold(measure, checked, threshold);
  if (measure.metric === 'auprc') return averagePrecisionParts(checked);
  if (measure.metric === 'brier') return brierParts(checked.labels, checked.scores);
  if (measure.metric === 'partial-auroc') return partialAurocParts(checked, requireRange(measure));
  const { values, auroc, ...counts } = placementsOf(checked);
  return { ...counts, parts: values, value: auroc };
}

/** Patients by class for an AUROC; for others the patients that the value is a kind of share of. */
function countsFor(
  { metric }: EndpointMeasure,
  { positivePatients, negativePatients }: { readonly positivePatients: number; readonly negativePatients: number },
): PatientCounts {
  if (metric === 'auroc') return { of: 'auroc', positives: positivePatients, negatives: negativePatients };
  if (metric === 'sensitivity') return { of: 'share', patients: positivePatients };
  if (metric === 'specificity') return { of: 'share', patients: negativePatients };
  return { of: 'share', patients: Math.min(positivePatients, negativePatients) };
}
