import type { Dataset, Part, Split } from '@chromaray/contracts';
import { assignGroups, shufflesTried } from './assign-groups.js';
import { finishSplit } from './counts.js';

/** Splits by patient, stratified by label and subtype; see `assignGroups`. */
export function splitByPatient(dataset: Dataset, fractions: Readonly<Record<Part, number>>, seed: number): Split {
  const part = assignGroups(dataset.records, fractions, seed, 'parts', dataset.several);
  const choice = { kind: 'nearest-of-shuffles', shuffles: shufflesTried } as const;
  return finishSplit(dataset, { method: 'patient', seed, part, choice }, fractions);
}
