import { studentQuantile } from '../distributions/student-t.js';
import type { Patients } from '../input/clusters.js';
import { boundedInterval, type Interval, requireOpenUnit } from '../interval.js';
import { type SeedsAndPatients, seedsAndPatients } from '../seeds/variance.js';
import { kappaPulls } from './kappa.js';

export interface KappaOverSeeds extends SeedsAndPatients {
  readonly perSeed: readonly number[];
  /** Of the mean, for new patients and new seeds; null where nothing varies. */
  readonly interval: Interval | null;
}

/**
 * An arm's mean over seeds of Cohen's kappa between its calls and the truth, by its linearised variance over patients (see
 * `cohenKappa`) and the variance over seeds.
 *
 * @param truth index of each record's class, from 0
 * @param calls the same as called, a list a seed
 * @returns null where some network's agreement is all chance
 * @throws ChromarayError `CHROMARAY_EVIDENCE_EMPTY`, `_LENGTH`; `_TOO_FEW` for a single patient
 */
export function kappaOverSeeds(
  truth: ArrayLike<number>,
  calls: readonly ArrayLike<number>[],
  classes: number,
  options: { readonly patients?: Patients; readonly level?: number } = {},
): KappaOverSeeds | null {
  const { patients, level = 0.95 } = options;
  requireOpenUnit(level, 'The confidence level');
  const networks = calls.map((ofSeed) => kappaPulls(truth, ofSeed, classes, patients));
  const perSeed = networks.flatMap(({ kappa }) => kappa ?? []);
  if (perSeed.length < networks.length || networks.length === 0) return null;
  const { count } = networks[0]!.clusters;
  const scale = count / (count - 1);
  const covariance = networks.map((a) =>
    networks.map((b) => scale * a.pulls.reduce((sum, pull, patient) => sum + pull * b.pulls[patient]!, 0)),
  );
  const spread = seedsAndPatients(perSeed, covariance, count - 1);
  const half = studentQuantile((1 + level) / 2, spread.degreesOfFreedom) * spread.standardError;
  const interval = half > 0 ? boundedInterval(spread.mean - half, spread.mean + half, level, -1, 1) : null;
  return { ...spread, perSeed, interval };
}
