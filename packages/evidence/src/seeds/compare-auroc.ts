import type { Patients } from '../input/clusters.js';
import { seedsError } from '../input/errors.js';
import type { Labels, Scores } from '../input/scored.js';
import { aurocCovariance } from '../roc/covariance.js';
import { type ArmScores, placeSeeds } from './auroc.js';
import { compareMeans, type PairedComparison } from './difference.js';

/** Scores of an arm and of its control: one list a seed, the same seeds in the same order, on the same records. */
export interface PairedScores {
  readonly labels: Labels;
  readonly arm: readonly Scores[];
  readonly control: readonly Scores[];
  /** The patient of each record; without it every record counts as an independent patient. */
  readonly patients?: Patients;
}

/**
 * The endpoint's primary test: is the arm's AUROC, averaged over seeds, different from the control's, for
 * new patients and new seeds? Paired by record and seed, clustered by patient; see `seedsAndPatients`
 * for the method. With one seed it is the paired DeLong test with Student's t in place of the normal
 * distribution, and cannot speak about other seeds.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input; `_TOO_FEW` below two patients in a class
 */
export function compareAuroc(paired: PairedScores, level = 0.95): PairedComparison {
  return compareScorings(paired, false, level);
}

/**
 * The same against one scoring that has no seeds: a shortcut classifier, a reader, a published model. Only the arm's
 * seeds vary, with k - 1 degrees of freedom; the scoring speaks for itself, on new patients.
 *
 * @param fixed one score a record
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` as `compareAuroc` does
 */
export function compareAurocWithFixed(arm: ArmScores, fixed: Scores, level = 0.95): PairedComparison {
  const { scores, ...records } = arm;
  return compareScorings({ ...records, arm: scores, control: scores.map(() => fixed) }, true, level);
}

function compareScorings(paired: PairedScores, controlFixed: boolean, level: number): PairedComparison {
  const { arm, control } = paired;
  requireSameSeeds(arm.length, control.length);
  const placed = placeSeeds(paired.labels, [...arm, ...control], paired.patients);
  const values = placed.seeds.map((scoring) => scoring.auroc);
  return compareMeans(
    {
      arm: values.slice(0, arm.length),
      control: values.slice(arm.length),
      covariance: aurocCovariance(placed.seeds, placed.clusters),
      patientDegrees: placed.degrees,
      counts: { of: 'auroc', positives: placed.positivePatients, negatives: placed.negativePatients },
      controlFixed,
    },
    level,
  );
}

export function requireSameSeeds(arm: number, control: number): void {
  if (arm !== control) throw seedsError(arm, control);
}
