import type { Clusters } from '../input/clusters.js';
import { tooFewError } from '../input/errors.js';
import type { Placements } from './placement.js';

/**
 * Covariance matrix of the AUROCs of several scorings of the same records, allowing for patients with
 * several records (Obuchowski 1997, Biometrics 53:567). With one record a patient it is DeLong's matrix
 * (1988) exactly. Entry [a][b] is the covariance between scorings a and b over new patients.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_TOO_FEW` with fewer than two patients in a class
 */
export function aurocCovariance(scorings: readonly Placements[], clusters: Clusters): number[][] {
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

/** Per patient, the sum of its positive and of its negative records' placement values minus the AUROC. */
function patientSums(scoring: Placements, clusters: Clusters): { positive: Float64Array; negative: Float64Array } {
  const positive = new Float64Array(clusters.count);
  const negative = new Float64Array(clusters.count);
  for (let i = 0; i < scoring.values.length; i++) {
    const sums = scoring.labels[i] === 1 ? positive : negative;
    sums[clusters.ofRecord[i]!]! += scoring.values[i]! - scoring.auroc;
  }
  return { positive, negative };
}

/** A difference of variances that rounding alone keeps from being 0 is 0. */
export function roundedToZero(value: number, scale: number): number {
  return value <= 1e-14 * scale ? 0 : value;
}
