import type { Dataset, DatasetRecord, Part, Split, SplitSection } from '@chromaray/contracts';
import { assignGroups } from './assign-groups.js';
import { finishSplit } from './counts.js';

/**
 * One fold of a cross-validation as a split: its records are the test part, the others are divided into train and
 * validation in the proportion of the fractions. Patients and pictures stay together throughout, classes and subtypes are
 * spread evenly, and the same seed gives the same folds.
 *
 * @param number which fold, from 1
 * @throws ChromarayError `CHROMARAY_SPLIT_TOO_FEW_PATIENTS` when a class has fewer groups than there are folds
 */
export function splitByFold(
  dataset: Dataset,
  { fractions, seed }: Pick<SplitSection, 'fractions' | 'seed'>,
  folds: number,
  number: number,
): Split {
  const shares = Object.fromEntries(Array.from({ length: folds }, (_, i) => [String(i + 1), 1 / folds]));
  const fold = assignGroups(dataset.records, shares, seed, 'folds');
  const choice = { kind: 'fold', number, of: folds } as const;
  const isTested = ({ id }: DatasetRecord): boolean => fold.get(id) === String(number);
  return heldOut(dataset, isTested, { fractions, seed, number, choice, testShare: 1 / folds });
}

/** What is held out, and how the rest is divided. */
interface HeldOut extends Pick<SplitSection, 'fractions' | 'seed'> {
  readonly number: number;
  readonly choice: NonNullable<Split['choice']>;
  /** Share of the records that the test part should have; null where it is what it is. */
  readonly testShare: number | null;
}

/** Seeds of splits are 32-bit numbers. */
const seeds = 2 ** 32;

/** A split whose test part is given; the rest is divided by patient, each fold by a seed of its own. */
export function heldOut(
  dataset: Dataset,
  isTested: (record: DatasetRecord) => boolean,
  { fractions, seed, number, choice, testShare }: HeldOut,
): Split {
  const { train, validation } = fractions;
  const inner = { train: train / (train + validation), validation: validation / (train + validation) };
  const rest = dataset.records.filter((record) => !isTested(record));
  const assigned = assignGroups(rest, inner, (seed + number) % seeds);
  const part = new Map<string, Part>(
    dataset.records.map((record) => [record.id, isTested(record) ? 'test' : assigned.get(record.id)!]),
  );
  const asked =
    testShare === null
      ? null
      : { test: testShare, train: (1 - testShare) * inner.train, validation: (1 - testShare) * inner.validation };
  return finishSplit(dataset, { method: 'patient', seed, part, choice }, asked);
}
