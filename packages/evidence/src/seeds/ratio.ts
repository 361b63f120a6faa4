import { studentQuantile } from '../distributions/student-t.js';
import { type Clusters, type Patients, toClusters } from '../input/clusters.js';
import { emptyError, lengthError, tooFewError } from '../input/errors.js';
import { checkLabels, finiteCopy, type Labels } from '../input/scored.js';
import { type Interval, proportionInterval, requireOpenUnit } from '../interval.js';
import { wilsonInterval } from '../threshold/wilson.js';
import { type SeedsAndPatients, seedsAndPatients } from './variance.js';

/** A measure between 0 and 1 that is a ratio of sums over records: for every seed what each record adds to either. */
export interface RatioOfSums {
  readonly numerators: readonly ArrayLike<number>[];
  readonly denominators: readonly ArrayLike<number>[];
}

export interface RatioOverSeeds extends SeedsAndPatients {
  readonly perSeed: readonly number[];
  /** Of the mean, for new patients and new seeds; on the logit scale, or from counts where the variance is 0. */
  readonly interval: Interval;
}

export interface RatioCovariance {
  readonly ratios: readonly number[];
  /** Over patients, between seeds. */
  readonly covariance: readonly (readonly number[])[];
  readonly clusters: Clusters;
  /** Patients with a record that counts at some seed. */
  readonly patients: number;
}

/**
 * Values of a ratio of sums at several seeds and their covariance over patients, linearised (the ratio estimator of
 * survey statistics, Cochran 1977, section 6.3): a record's pull is (numerator - ratio · denominator) / sum of
 * denominators, summed by patient. With denominators of 1 and one record a patient it is p(1 - p)/(n - 1).
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_EMPTY`, `_LENGTH`; `_TOO_FEW` for a single patient or where nothing counts
 */
export function ratioCovariance(sums: RatioOfSums, patients: Patients | undefined): RatioCovariance {
  if (sums.numerators.length === 0) throw emptyError('seeds');
  const numerators = sums.numerators.map((ofSeed) => finiteCopy(ofSeed, 'value'));
  const denominators = sums.denominators.map((ofSeed) => finiteCopy(ofSeed, 'value'));
  const records = numerators[0]!.length;
  if (records === 0) throw emptyError('records');
  for (const ofSeed of [...numerators, ...denominators]) {
    if (ofSeed.length !== records) throw lengthError('values of the first seed', records, 'of another', ofSeed.length);
  }
  const clusters = toClusters(patients, records);
  const counting = new Set(clusters.ofRecord.filter((_, i) => denominators.some((ofSeed) => ofSeed[i] !== 0))).size;
  if (counting < 2) throw tooFewError('patients', counting, 2);
  const totals = denominators.map(total);
  const ratios = numerators.map((ofSeed, s) => (totals[s] === 0 ? 0 : total(ofSeed) / totals[s]!));
  const scale = Math.sqrt(counting / (counting - 1));
  const pulls = numerators.map((ofSeed, s) => {
    const ofPatients = new Float64Array(clusters.count);
    for (let i = 0; i < records; i++) {
      ofPatients[clusters.ofRecord[i]!]! += ofSeed[i]! - ratios[s]! * denominators[s]![i]!;
    }
    return ofPatients.map((pull) => (totals[s] === 0 ? 0 : (scale * pull) / totals[s]!));
  });
  const covariance = pulls.map((a) => pulls.map((b) => a.reduce((sum, value, c) => sum + value * b[c]!, 0)));
  return { ratios, covariance, clusters, patients: counting };
}

/**
 * F1 = 2TP / (2TP + FP + FN), meaned over seeds, with an interval for new patients and new seeds. Without variance
 * (no mistake at any seed, or nothing found), Wilson's interval of TP / (TP + FP + FN) over patients is carried over.
 *
 * @param decisions for every seed, which records were called positive (1)
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input; `_TOO_FEW` where fewer than two patients are positive or
 *   called so
 */
export function f1OverSeeds(
  labels: Labels,
  decisions: readonly Labels[],
  options: { readonly patients?: Patients; readonly level?: number } = {},
): RatioOverSeeds {
  const { level = 0.95 } = options;
  requireOpenUnit(level, 'The confidence level');
  const truth = checkLabels(labels).labels;
  const called = decisions.map((ofSeed) => checkLabels(ofSeed).labels);
  for (const ofSeed of called) {
    if (ofSeed.length !== truth.length) throw lengthError('labels', truth.length, 'decisions of a seed', ofSeed.length);
  }
  const found = ratioCovariance(
    {
      numerators: called.map((ofSeed) => ofSeed.map((positive, i) => 2 * positive * truth[i]!)),
      denominators: called.map((ofSeed) => ofSeed.map((positive, i) => positive + truth[i]!)),
    },
    options.patients,
  );
  const spread = seedsAndPatients(found.ratios, found.covariance, found.patients - 1);
  const jaccard = spread.mean / (2 - spread.mean);
  const fromJaccard = (share: number): number => (2 * share) / (1 + share);
  const ofCounts = (): Interval => {
    const { lower, upper } = wilsonInterval(jaccard * found.patients, found.patients, level);
    return { lower: fromJaccard(lower), upper: fromJaccard(upper), level };
  };
  return { ...spread, perSeed: found.ratios, interval: spread.variance === 0 ? ofCounts() : onLogit(spread, level) };
}

/** Interval of a mean over seeds on the logit scale. */
export function onLogit(spread: SeedsAndPatients, level: number): Interval {
  const critical = studentQuantile((1 + level) / 2, spread.degreesOfFreedom);
  return proportionInterval(spread.mean, spread.standardError, critical, level, 'logit');
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
