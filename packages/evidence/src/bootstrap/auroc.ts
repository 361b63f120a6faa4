import type { Random } from '@chromaray/base';
import { checkTwoClasses } from '../input/scored.js';
import { type ArmScores, placeSeeds } from '../seeds/auroc.js';
import { type PairedScores, requireSameSeeds } from '../seeds/compare-auroc.js';
import { meanOf } from '../seeds/summary.js';
import { patientInfluence } from './influence.js';
import { type BootstrapResult, bootstrapResult, requireResamples } from './intervals.js';
import { PatientResampler } from './resample.js';
import { WeightedAuroc } from './weighted-auroc.js';

/** Random source, number of resamples and confidence of a bootstrap. */
export interface BootstrapOptions {
  readonly random: Random;
  /** 2000 by default, at least 100. */
  readonly resamples?: number;
  /** Confidence of the intervals; 0.95 by default. */
  readonly level?: number;
}

/**
 * Bootstrap of an arm's mean AUROC over seeds: patients are drawn with replacement (stratified by their
 * labels), then seeds.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function bootstrapAuroc(arm: ArmScores, options: BootstrapOptions): BootstrapResult {
  return bootstrapSeeds(arm, arm.scores, [], options);
}

/**
 * Hierarchical bootstrap of the mean over seeds of AUROC(arm) - AUROC(control): patients are drawn with
 * replacement (stratified by their labels, both arms the same patients), then seeds (both arms the same).
 *
 * With few seeds it understates the seeds' part of the variance by (k - 1)/k. It shows the shape of the
 * uncertainty; the verdict rests on `compareAuroc`. Measured error rates: docs/evidence.md.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function bootstrapAurocDifference(paired: PairedScores, options: BootstrapOptions): BootstrapResult {
  requireSameSeeds(paired.arm.length, paired.control.length);
  return bootstrapSeeds(paired, paired.arm, paired.control, options);
}

function bootstrapSeeds(
  records: Pick<ArmScores, 'labels' | 'patients'>,
  arm: ArmScores['scores'],
  control: ArmScores['scores'],
  options: BootstrapOptions,
): BootstrapResult {
  const { random, resamples = 2000, level = 0.95 } = options;
  requireResamples(resamples);
  const patients = records.patients ?? ranksByContent([records.labels, ...arm, ...control]);
  const placed = placeSeeds(records.labels, [...arm, ...control], patients);
  const { clusters, seeds } = placed;
  const scorings = [...arm, ...control].map((s) => new WeightedAuroc(checkTwoClasses(records.labels, s), clusters));
  const k = arm.length;
  const perSeed = Array.from({ length: k }, (_, s) => seeds[s]!.auroc - (seeds[s + k]?.auroc ?? 0));
  const estimate = meanOf(perSeed);

  const resampler = new PatientResampler(seeds[0]!.labels, clusters);
  const values = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    const weights = resampler.draw(random);
    const drawn = new Int32Array(k);
    for (let s = 0; s < k; s++) drawn[random.int(k)]!++;
    let sum = 0;
    for (let s = 0; s < k; s++) {
      if (drawn[s] === 0) continue;
      sum += drawn[s]! * (scorings[s]!.value(weights) - (scorings[s + k]?.value(weights) ?? 0));
    }
    values[b] = sum / k;
  }

  const ofPatients = new Float64Array(clusters.count);
  seeds.forEach((seed, s) => {
    const sign = s < k ? 1 : -1;
    patientInfluence(seed, clusters).forEach((value, patient) => {
      ofPatients[patient]! += (sign * value) / k;
    });
  });
  const ofSeeds = perSeed.map((value) => (value - estimate) / k);
  return bootstrapResult(estimate, values, [ofPatients, ofSeeds], level);
}

/**
 * Numbers records by what is known of them: labels, then every seed's scores. Which of two records that agree in all
 * comes first makes no difference, so resamples do not depend on the order of records.
 */
function ranksByContent(columns: readonly ArrayLike<number | boolean>[]): Int32Array {
  const records = columns[0]!.length;
  const order = Array.from({ length: records }, (_, i) => i).sort((a, b) => {
    for (const column of columns) {
      const difference = Number(column[a]) - Number(column[b]);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const ranks = new Int32Array(records);
  for (const [rank, record] of order.entries()) ranks[record] = rank;
  return ranks;
}
