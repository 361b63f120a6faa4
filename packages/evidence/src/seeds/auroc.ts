import { type Clusters, type Patients, toClusters } from '../input/clusters.js';
import { emptyError } from '../input/errors.js';
import { checkTwoClasses, type Labels, type Scores } from '../input/scored.js';
import { type Interval, requireOpenUnit } from '../interval.js';
import { aurocCovariance, patientsPerClass } from '../roc/covariance.js';
import { type Placements, placementsOf } from '../roc/placement.js';
import { aurocScoreInterval } from '../roc/score-interval.js';
import { onLogit } from './ratio.js';
import { type SeedsAndPatients, seedsAndPatients } from './variance.js';

/** One arm's scores at several seeds, all on the same records. */
export interface ArmScores {
  readonly labels: Labels;
  /** One list of scores a seed. */
  readonly scores: readonly Scores[];
  /** The patient of each record; without it every record counts as an independent patient. */
  readonly patients?: Patients;
}

export interface AurocOverSeeds extends SeedsAndPatients {
  readonly perSeed: readonly number[];
  /** Of the mean, for new patients and new seeds; on the logit scale, or the score interval where the variance is 0. */
  readonly interval: Interval;
}

/**
 * An arm's mean AUROC over seeds with an interval for new patients and new seeds.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input; `_TOO_FEW` below two patients in a class
 */
export function aurocOverSeeds(arm: ArmScores, level = 0.95): AurocOverSeeds {
  requireOpenUnit(level, 'The confidence level');
  const placed = placeSeeds(arm.labels, arm.scores, arm.patients);
  const perSeed = placed.seeds.map((seed) => seed.auroc);
  const spread = seedsAndPatients(perSeed, aurocCovariance(placed.seeds, placed.clusters), placed.degrees);
  const interval =
    spread.variance === 0
      ? aurocScoreInterval(spread.mean, placed.positivePatients, placed.negativePatients, level)
      : onLogit(spread, level);
  return { ...spread, perSeed, interval };
}

export interface PlacedSeeds {
  readonly seeds: readonly Placements[];
  readonly clusters: Clusters;
  readonly positivePatients: number;
  readonly negativePatients: number;
  /** Independent patients in the smaller class - 1. */
  readonly degrees: number;
}

export function placeSeeds(labels: Labels, scores: readonly Scores[], patients: Patients | undefined): PlacedSeeds {
  if (scores.length === 0) throw emptyError('seeds');
  const seeds = scores.map((ofSeed) => placementsOf(checkTwoClasses(labels, ofSeed)));
  const clusters = toClusters(patients, labels.length);
  const counts = patientsPerClass(seeds[0]!.labels, clusters);
  const degrees = Math.max(1, Math.min(counts.positivePatients, counts.negativePatients) - 1);
  return { seeds, clusters, ...counts, degrees };
}
