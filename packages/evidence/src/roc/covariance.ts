import type { Clusters } from '../input/clusters.js';
import { tooFewError } from '../input/errors.js';
import type { Placements } from './placement.js';

/**
 * A measure of one scoring as what each record adds to it: to first order the measure of new records is its value, plus
 * the mean over positives of (part - value), plus the same over negatives. Placement values are the parts of an AUROC.
 */
export interface ClassParts {
  /** 1 for positive, 0 for negative. */
  readonly labels: Uint8Array;
  /** One a record. */
  readonly parts: Float64Array;
  readonly value: number;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Covariance matrix of the AUROCs of several scorings of the same records, allowing for patients with
 * several records (Obuchowski 1997, Biometrics 53:567). With one record a patient it is DeLong's matrix
 * (1988) exactly. Entry [a][b] is the covariance between scorings a and b over new patients.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_TOO_FEW` with fewer than two patients in a class
 */
export function aurocCovariance(scorings: readonly Placements[], clusters: Clusters): number[][] {
  const parts = scorings.map(({ values, auroc, ...counts }) => ({ ...counts, parts: values, value: auroc }));
  return partsCovariance(parts, clusters);
}

/**
 * The same for any measure that is given by its parts; the numbers of positive and negative records are fixed by the
 * design, as in an AUROC's variance.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_TOO_FEW` with fewer than two patients in a class
 */
export function partsCovariance(scorings: readonly ClassParts[], clusters: Clusters): number[][] {
  const sums = scorings.map((scoring) => patientSums(scoring, clusters));
  const { positivePatients, negativePatients } = patientsPerClass(scorings[0]!.labels, clusters);
  if (positivePatients < 2) throw tooFewError('patients with a positive record', positivePatients, 2);
  if (negativePatients < 2) throw tooFewError('patients with a negative record', negativePatients, 2);
  const { positives, negatives } = scorings[0]!;
  const positiveScale = positivePatients / (positivePatients - 1) / positives / positives;
  const negativeScale = negativePatients / (negativePatients - 1) / negatives / negatives;
  const mixedScale = clusters.count / (clusters.count - 1) / positives / negatives;

  const matrix = scorings.map(() => new Array<number>(scorings.length).fill(0));
  for (let a = 0; a < scorings.length; a++) {
    for (let b = a; b < scorings.length; b++) {
      let ofPositives = 0;
      let ofNegatives = 0;
      let mixed = 0;
      for (let c = 0; c < clusters.count; c++) {
        const pa = sums[a]!.positive[c]!;
        const pb = sums[b]!.positive[c]!;
        const na = sums[a]!.negative[c]!;
        const nb = sums[b]!.negative[c]!;
        ofPositives += pa * pb;
        ofNegatives += na * nb;
        mixed += pa * nb + na * pb;
      }
      const covariance = positiveScale * ofPositives + negativeScale * ofNegatives + mixedScale * mixed;
      matrix[a]![b] = covariance;
      matrix[b]![a] = covariance;
    }
  }
  return matrix;
}

/** How many patients have a positive record and how many a negative one; some may have both. */
export function patientsPerClass(
  labels: Uint8Array,
  clusters: Clusters,
): { positivePatients: number; negativePatients: number } {
  const seen = new Uint8Array(clusters.count);
  for (let i = 0; i < labels.length; i++) seen[clusters.ofRecord[i]!]! |= labels[i] === 1 ? 1 : 2;
  let positivePatients = 0;
  let negativePatients = 0;
  for (const classes of seen) {
    positivePatients += classes & 1;
    negativePatients += classes >> 1;
  }
  return { positivePatients, negativePatients };
}

/** Per patient, the sum of its positive and of its negative records' parts minus the value. */
function patientSums(scoring: ClassParts, clusters: Clusters): { positive: Float64Array; negative: Float64Array } {
  const positive = new Float64Array(clusters.count);
  const negative = new Float64Array(clusters.count);
  for (let i = 0; i < scoring.parts.length; i++) {
    const sums = scoring.labels[i] === 1 ? positive : negative;
    sums[clusters.ofRecord[i]!]! += scoring.parts[i]! - scoring.value;
  }
  return { positive, negative };
}

/** A difference of variances that rounding alone keeps from being 0 is 0. */
export function roundedToZero(value: number, scale: number): number {
  return value <= 1e-14 * scale ? 0 : value;
}
