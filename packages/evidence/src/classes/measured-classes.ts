import type { Clusters } from '../input/clusters.js';
import { tooFewError } from '../input/errors.js';
import { requireBothClasses } from '../input/scored.js';
import { patientsPerClass } from '../roc/covariance.js';
import { placementsOf } from '../roc/placement.js';
import { meanOf } from '../seeds/summary.js';
import { type ClassMeasure, type Contrast, contrastsOf } from './contrasts.js';
import { type ClassScores, checkClassScores } from './scored-classes.js';

/** A measure of one network, and what each patient adds to how it varies. */
export interface MeasuredClasses {
  readonly value: number;
  /** By contrast, in the order of `contrastsOf`. */
  readonly aurocs: readonly number[];
  /** One a patient: their sum of products with another network's is the covariance over new patients. */
  readonly pulls: Float64Array;
}

/**
 * A mean of AUROCs with its patients' shares in the variance, by placement values. Each AUROC is DeLong's (1988), summed by
 * patient (Obuchowski 1997); a patient's placements in all of them are added up before anything is multiplied, so that the
 * covariances between the AUROCs, which share records, are in the variance of their mean. Of a single AUROC, with one record
 * a patient, it is DeLong's variance exactly.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_LENGTH`, `_SCORE`; `_TOO_FEW` with fewer than two patients in a class
 */
export function measureClasses(
  measure: ClassMeasure,
  labels: Uint8Array,
  scores: ClassScores,
  clusters: Clusters,
): MeasuredClasses {
  const columns = checkClassScores(labels, scores);
  const contrasts = contrastsOf(measure, columns.length);
  const pulls = new Float64Array(clusters.count);
  const aurocs = contrasts.map((contrast) => addContrast(contrast, contrasts.length, labels, columns, clusters, pulls));
  return { value: meanOf(aurocs), aurocs, pulls };
}

/** Adds a contrast's share of the mean to the patients' pulls. @returns its AUROC */
function addContrast(
  { of, against }: Contrast,
  contrasts: number,
  labels: Uint8Array,
  columns: readonly Float64Array[],
  clusters: Clusters,
  pulls: Float64Array,
): number {
  const rows = Uint32Array.from(labels.keys()).filter(
    (row) => labels[row] === of || against === null || labels[row] === against,
  );
  const isOf = Uint8Array.from(rows, (row) => Number(labels[row] === of));
  const positives = isOf.reduce((sum, one) => sum + one, 0);
  const counts = { labels: isOf, positives, negatives: rows.length - positives };
  requireBothClasses(counts);
  const { values, auroc } = placementsOf({ ...counts, scores: Float64Array.from(rows, (row) => columns[of]![row]!) });
  const ofRecord = Int32Array.from(rows, (row) => clusters.ofRecord[row]!);
  const patients = patientsPerClass(isOf, { ...clusters, ofRecord });
  const share = (own: number, records: number): number => {
    if (own < 2) throw tooFewError('patients of a class', own, 2);
    return Math.sqrt(own / (own - 1)) / records / contrasts;
  };
  const shares = [share(patients.negativePatients, counts.negatives), share(patients.positivePatients, positives)];
  rows.forEach((_, i) => {
    pulls[ofRecord[i]!]! += shares[isOf[i]!]! * (values[i]! - auroc);
  });
  return auroc;
}

/** Covariance over new patients between networks that read the same records. */
export function pullCovariance(networks: readonly Pick<MeasuredClasses, 'pulls'>[]): number[][] {
  return networks.map((a) =>
    networks.map((b) => a.pulls.reduce((sum, pull, patient) => sum + pull * b.pulls[patient]!, 0)),
  );
}
