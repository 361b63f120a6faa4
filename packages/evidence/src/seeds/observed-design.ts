import { aurocCovariance } from '../roc/covariance.js';
import { placeSeeds } from './auroc.js';
import { compareAuroc, type PairedScores } from './compare-auroc.js';
import { meanOf, varianceOf } from './summary.js';

/** What a finished comparison shows of the assumptions that a plan makes. */
export interface ObservedDesign {
  /** Mean of both arms' AUROCs. */
  readonly auroc: number;
  /** Standard deviation of an arm's AUROC over seeds, both arms pooled; null with a single seed. */
  readonly seedDeviation: number | null;
  /** As `StudyDesign` means it: 1 - (patients' part of the variance of the difference) / (sum of both arms' variances). */
  readonly correlationBetweenArms: number | null;
  readonly seeds: number;
}

/**
 * Reads from the scores of two arms what `expectedPrecision` assumes: for a plan made from a pilot, and to set what was
 * planned with what came out.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` as `compareAuroc` does
 */
export function observedDesign(paired: PairedScores): ObservedDesign {
  const { arm, control, patientVariance } = compareAuroc(paired);
  const placed = placeSeeds(paired.labels, [...paired.arm, ...paired.control], paired.patients);
  const values = placed.seeds.map(({ auroc }) => auroc);
  const seeds = paired.arm.length;
  const own = 2 * meanOf(aurocCovariance(placed.seeds, placed.clusters).map((row, s) => row[s]!));
  const pooled = (varianceOf(values.slice(0, seeds)) + varianceOf(values.slice(seeds))) / 2;
  return {
    auroc: (arm + control) / 2,
    seedDeviation: seeds > 1 ? Math.sqrt(pooled) : null,
    correlationBetweenArms: own === 0 ? null : Math.max(-1, 1 - patientVariance / own),
    seeds,
  };
}
