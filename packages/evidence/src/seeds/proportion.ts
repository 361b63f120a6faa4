import { studentQuantile } from '../distributions/student-t.js';
import { type Clusters, type Patients, toClusters } from '../input/clusters.js';
import { emptyError, lengthError, tooFewError } from '../input/errors.js';
import { checkLabels, type Labels } from '../input/scored.js';
import { type Interval, proportionInterval, requireOpenUnit } from '../interval.js';
import { wilsonInterval } from '../threshold/wilson.js';
import { requireSameSeeds } from './compare-auroc.js';
import { type Comparison, compareMeans } from './difference.js';
import { meanOf } from './summary.js';
import { type SeedsAndPatients, seedsAndPatients } from './variance.js';

/** For every seed, which records were right (1) and which wrong (0): all for accuracy, the positives for sensitivity. */
export interface ArmOutcomes {
  readonly outcomes: readonly Labels[];
  /** The patient of each record; without it every record counts as an independent patient. */
  readonly patients?: Patients;
}

export interface ProportionOverSeeds extends SeedsAndPatients {
  readonly perSeed: readonly number[];
  /** Of the mean, for new patients and new seeds; on the logit scale, or Wilson's where the variance is 0. */
  readonly interval: Interval;
}

/**
 * An arm's mean accuracy, sensitivity or specificity over seeds, with an interval for new patients and new
 * seeds that allows for patients with several records (ratio estimator over patients).
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input; `_TOO_FEW` for a single patient
 */
export function proportionOverSeeds(arm: ArmOutcomes, level = 0.95): ProportionOverSeeds {
  requireOpenUnit(level, 'The confidence level');
  const { shares, covariance, clusters } = outcomeShares(arm.outcomes, arm.patients);
  const spread = seedsAndPatients(shares, covariance, clusters.count - 1);
  const interval =
    spread.variance === 0
      ? wilsonInterval(spread.mean * clusters.count, clusters.count, level)
      : proportionInterval(
          spread.mean,
          spread.standardError,
          studentQuantile((1 + level) / 2, spread.degreesOfFreedom),
          level,
          'logit',
        );
  return { ...spread, perSeed: shares, interval };
}

/**
 * The mean over seeds of the difference in accuracy, sensitivity or specificity between an arm and its
 * control, paired by record, clustered by patient: the counterpart of `compareAuroc`.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input; `_TOO_FEW` for a single patient
 */
export function compareProportion(
  paired: { readonly arm: readonly Labels[]; readonly control: readonly Labels[]; readonly patients?: Patients },
  level = 0.95,
): Comparison {
  const seeds = paired.arm.length;
  requireSameSeeds(seeds, paired.control.length);
  const { shares, covariance, clusters } = outcomeShares([...paired.arm, ...paired.control], paired.patients);
  return compareMeans(
    {
      arm: shares.slice(0, seeds),
      control: shares.slice(seeds),
      covariance,
      patientDegrees: clusters.count - 1,
      counts: { of: 'share', patients: clusters.count },
    },
    level,
  );
}

function outcomeShares(outcomes: readonly Labels[], patients: Patients | undefined) {
  if (outcomes.length === 0) throw emptyError('seeds');
  const checked = outcomes.map((ofSeed) => checkLabels(ofSeed).labels);
  const records = checked[0]!.length;
  for (const ofSeed of checked) {
    if (ofSeed.length !== records)
      throw lengthError('outcomes of the first seed', records, 'of another', ofSeed.length);
  }
  const clusters = toClusters(patients, records);
  if (clusters.count < 2) throw tooFewError('patients', clusters.count, 2);
  const shares = checked.map((ofSeed) => meanOf(ofSeed));
  const sums = checked.map((ofSeed, s) => deviations(ofSeed, shares[s]!, clusters));
  const scale = clusters.count / (clusters.count - 1) / records / records;
  const covariance = sums.map((a) => sums.map((b) => scale * a.reduce((sum, value, c) => sum + value * b[c]!, 0)));
  return { shares, covariance, clusters };
}

/** Per patient, the sum of its outcomes minus the mean. */
function deviations(outcomes: Uint8Array, mean: number, clusters: Clusters): Float64Array {
  const sums = new Float64Array(clusters.count);
  for (let i = 0; i < outcomes.length; i++) sums[clusters.ofRecord[i]!]! += outcomes[i]! - mean;
  return sums;
}
