import { ChromarayError } from '@chromaray/base';
import { type Patients, toClusters } from '../input/clusters.js';
import { checkLabels, type Labels } from '../input/scored.js';
import { meanOf } from '../seeds/summary.js';
import type { BootstrapOptions } from './auroc.js';
import { type BootstrapResult, bootstrapResult, requireResamples } from './intervals.js';
import { PatientResampler } from './resample.js';

/**
 * Bootstrap of any statistic over patients, for measures without a formula for their variance (AUPRC,
 * F1, MCC). Patients are drawn with replacement, stratified by their labels.
 *
 * Without patients a record is known by its position: give each record's id as its patient where the same records in
 * another order must give the same interval to the last digit.
 *
 * @param statistic computes the value from the positions of the records drawn, repeats included
 * @throws ChromarayError `CHROMARAY_EVIDENCE_STATISTIC` where the statistic is not a finite number
 */
export function bootstrapStatistic(
  labels: Labels,
  statistic: (records: Int32Array) => number,
  options: BootstrapOptions & { readonly patients?: Patients },
): BootstrapResult {
  const { random, resamples = 2000, level = 0.95 } = options;
  requireResamples(resamples);
  const checked = checkLabels(labels);
  const clusters = toClusters(options.patients, labels.length);
  const byPatient: number[][] = Array.from({ length: clusters.count }, () => []);
  clusters.ofRecord.forEach((patient, record) => {
    byPatient[patient]!.push(record);
  });
  const finite = (records: Int32Array): number => {
    const value = statistic(records);
    if (Number.isFinite(value)) return value;
    throw new ChromarayError({
      code: 'CHROMARAY_EVIDENCE_STATISTIC',
      message: `The bootstrapped statistic is ${value} on a resample of ${records.length} records.`,
      remedy: 'Bootstrap a statistic that is defined on every resample that holds both classes.',
    });
  };
  const take = (weights: ArrayLike<number>): Int32Array =>
    Int32Array.from(byPatient.flatMap((records, patient) => Array<number[]>(weights[patient]!).fill(records).flat()));

  const weights = new Int32Array(clusters.count).fill(1);
  const estimate = finite(take(weights));
  const resampler = new PatientResampler(checked.labels, clusters);
  const values = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) values[b] = finite(take(resampler.draw(random)));
  return bootstrapResult(estimate, values, [jackknife(clusters.count, weights, (w) => finite(take(w)))], level);
}

/** Influence of each patient by leaving it out; with a single patient nothing can be left out. */
function jackknife(patients: number, weights: Int32Array, value: (weights: Int32Array) => number): Float64Array {
  const without = new Float64Array(patients);
  if (patients === 1) return without;
  for (let patient = 0; patient < patients; patient++) {
    weights[patient] = 0;
    without[patient] = value(weights);
    weights[patient] = 1;
  }
  const mean = meanOf(without);
  return without.map((ofPatient) => ((patients - 1) * (mean - ofPatient)) / patients);
}
