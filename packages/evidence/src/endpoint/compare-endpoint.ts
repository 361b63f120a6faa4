import { studentQuantile } from '../distributions/student-t.js';
import { type Interval, requireOpenUnit } from '../interval.js';
import type { ArmScores } from '../seeds/auroc.js';
import { type PairedScores, requireSameSeeds } from '../seeds/compare-auroc.js';
import { compareMeans, type PairedComparison } from '../seeds/difference.js';
import { armInterval } from '../seeds/near-limit.js';
import { type SeedsAndPatients, seedsAndPatients } from '../seeds/variance.js';
import type { EndpointMeasure } from './measure.js';
import type { ScoredPart } from './measure-scorings.js';
import { type MeasuredPart, measureStrata, type Strata, strataOf } from './strata.js';

/** Scores of an arm and of its control on the test part and, for endpoints with a threshold, on validation. */
export interface PairedParts extends PairedScores {
  readonly validation?: PairedScores;
}

/**
 * The primary test of any endpoint: is the arm's, averaged over seeds, different from the control's, for new patients and
 * new seeds? As `compareAuroc`, to which it comes for the AUROC; the difference is arm less control also where lower is
 * better. Of several strata (the folds of a cross-validation) the mean is compared.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` as `measureScorings` does; `_SEEDS`
 */
export function compareEndpoint(paired: Strata<PairedParts>, measure: EndpointMeasure, level = 0.95): PairedComparison {
  const strata = strataOf(paired);
  const seeds = strata[0]!.arm.length;
  for (const { arm, control } of strata) requireSameSeeds(arm.length, control.length);
  const { values, ...measured } = measureStrata(measure, strata.map(bothArms));
  return compareMeans({ ...measured, arm: values.slice(0, seeds), control: values.slice(seeds) }, level);
}

/** Both arms' scorings, the arm's first. */
export function bothArms({ validation, ...test }: PairedParts): MeasuredPart {
  return { test: asScorings(test), validation: validation === undefined ? undefined : asScorings(validation) };
}

function asScorings({ labels, patients, arm, control }: PairedScores): ScoredPart {
  return { labels, ...(patients === undefined ? {} : { patients }), scores: [...arm, ...control] };
}

/** An arm's scores on the test part and, for endpoints with a threshold, on validation. */
export interface ArmParts extends ArmScores {
  readonly validation?: ArmScores;
}

export interface EndpointOverSeeds extends SeedsAndPatients {
  readonly perSeed: readonly number[];
  /** Of the mean, for new patients and new seeds; on the logit scale, or from counts where the variance is 0. */
  readonly interval: Interval;
}

/**
 * An arm's mean endpoint over seeds with an interval for new patients and new seeds.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` as `measureScorings` does
 */
export function endpointOverSeeds(arm: Strata<ArmParts>, measure: EndpointMeasure, level = 0.95): EndpointOverSeeds {
  requireOpenUnit(level, 'The confidence level');
  const { values, covariance, patientDegrees, counts } = measureStrata(
    measure,
    strataOf(arm).map(({ validation, ...test }) => ({ test, validation })),
  );
  const spread = seedsAndPatients(values, covariance, patientDegrees);
  const t = studentQuantile((1 + level) / 2, spread.degreesOfFreedom);
  const interval = armInterval({ value: spread.mean, variance: spread.variance }, counts, t, level);
  return { ...spread, perSeed: values, interval };
}
