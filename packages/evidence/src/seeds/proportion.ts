import type { Patients } from '../input/clusters.js';
import { checkLabels, type Labels } from '../input/scored.js';
import { requireOpenUnit } from '../interval.js';
import { wilsonInterval } from '../threshold/wilson.js';
import { requireSameSeeds } from './compare-auroc.js';
import { compareMeans, type PairedComparison } from './difference.js';
import { onLogit, type RatioCovariance, type RatioOverSeeds, ratioCovariance } from './ratio.js';
import { seedsAndPatients } from './variance.js';

/** For every seed, which records were right (1) and which wrong (0): all for accuracy, the positives for sensitivity. */
export interface ArmOutcomes {
  readonly outcomes: readonly Labels[];
  /** The patient of each record; without it every record counts as an independent patient. */
  readonly patients?: Patients;
}

/**
 * An arm's mean accuracy, sensitivity or specificity over seeds, with an interval for new patients and new
 * seeds that allows for patients with several records (ratio estimator over patients).
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input; `_TOO_FEW` for a single patient
 */
export function proportionOverSeeds(arm: ArmOutcomes, level = 0.95): RatioOverSeeds {
  requireOpenUnit(level, 'The confidence level');
  const { ratios, covariance, clusters } = outcomeShares(arm.outcomes, arm.patients);
  const spread = seedsAndPatients(ratios, covariance, clusters.count - 1);
  const interval =
    spread.variance === 0
      ? wilsonInterval(spread.mean * clusters.count, clusters.count, level)
      : onLogit(spread, level);
  return { ...spread, perSeed: ratios, interval };
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
): PairedComparison {
  const seeds = paired.arm.length;
  requireSameSeeds(seeds, paired.control.length);
  const { ratios, covariance, clusters } = outcomeShares([...paired.arm, ...paired.control], paired.patients);
  return compareMeans(
    {
      arm: ratios.slice(0, seeds),
      control: ratios.slice(seeds),
      covariance,
      patientDegrees: clusters.count - 1,
      counts: { of: 'share', patients: clusters.count },
    },
    level,
  );
}

function outcomeShares(outcomes: readonly Labels[], patients: Patients | undefined): RatioCovariance {
  const numerators = outcomes.map((ofSeed) => checkLabels(ofSeed).labels);
  return ratioCovariance({ numerators, denominators: numerators.map((ofSeed) => ofSeed.map(() => 1)) }, patients);
}
