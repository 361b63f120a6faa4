import type { Dataset, Part, Split } from '@chromaray/contracts';
import { assignGroups, shufflesTried } from './assign-groups.js';
import { finishSplit } from './counts.js';

/** Said wherever a split had to do without patients. */
export const withoutPatients =
  'Patients are unknown, so each record counts as a patient of its own: images of one child may stand in several parts, and every figure may be too good.';

/** Splits by patient, stratified by label and subtype; see `assignGroups`. */
export function splitByPatient(dataset: Dataset, fractions: Readonly<Record<Part, number>>, seed: number): Split {
  const part = assignGroups(dataset.records, fractions, seed);
  const split = finishSplit(dataset, { method: 'patient', seed, part, notes: [] }, fractions);
  const points = (share: number): string => (100 * share).toFixed(2);
  const { largestSizeGap, largestPrevalenceGap } = split.imbalance;
  const notes = [
    ...(dataset.patientRule === null ? [withoutPatients] : []),
    `Of ${shufflesTried} random splits by patient, the one whose class counts come nearest to the fractions was taken: sizes differ from the fractions by at most ${points(largestSizeGap)} points, the share of ${dataset.positive} from the whole by at most ${points(largestPrevalenceGap)}.`,
  ];
  return { ...split, notes };
}
