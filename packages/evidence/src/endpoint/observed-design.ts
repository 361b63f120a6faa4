import { meanOf, varianceOf } from '../seeds/summary.js';
import { bothArms, compareEndpoint, type PairedParts } from './compare-endpoint.js';
import { measureStrata, type Strata, strataOf } from './strata.js';

const auroc = { metric: 'auroc' } as const;

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
export function observedDesign(paired: Strata<PairedParts>): ObservedDesign {
  const { arm, control, patientVariance } = compareEndpoint(paired, auroc);
  const { values, covariance } = measureStrata(auroc, strataOf(paired).map(bothArms));
  const seeds = values.length / 2;
  const own = 2 * meanOf(covariance.map((row, s) => row[s]!));
  const pooled = (varianceOf(values.slice(0, seeds)) + varianceOf(values.slice(seeds))) / 2;
  return {
    auroc: (arm + control) / 2,
    seedDeviation: seeds > 1 ? Math.sqrt(pooled) : null,
    correlationBetweenArms: own === 0 ? null : Math.max(-1, 1 - patientVariance / own),
    seeds,
  };
}
