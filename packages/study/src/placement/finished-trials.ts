import { existsSync } from 'node:fs';
import type { StudyFolder } from '@chromaray/contracts';
import { openStudyReader, type StoredTrial, type StudyReader } from '@chromaray/store';
import type { ExecutionProfile, TrialTask } from '@chromaray/trials';

/** A trial that is finished, and the processor that computed it; null where an earlier version did not record it. */
export interface FinishedTrial {
  /** 1: the study's own split. */
  readonly split: number;
  readonly arm: string;
  readonly seed: number;
  readonly processor: string | null;
}

interface Source {
  readonly folder: StudyFolder;
  /** Numbers of the splits after the study's own. */
  readonly otherSplits: readonly number[];
  readonly store: Pick<StudyReader, 'trials'>;
}

/**
 * The finished trials of every split that are kept.
 *
 * @param renewed fingerprints of the trials of the study's own split, where those that were finished by others are trained again
 */
export function finishedTrials(
  { folder, otherSplits, store }: Source,
  renewed: readonly TrialTask[] | null,
): readonly FinishedTrial[] {
  const kept = renewed === null ? null : new Set(renewed.map(({ fingerprint }) => fingerprint));
  const own = store.trials().filter(({ fingerprint }) => kept === null || kept.has(fingerprint));
  return [...finishedOf(own, 1), ...otherSplits.flatMap((number) => inSplit(folder, number))];
}

function inSplit({ split, lock }: StudyFolder, number: number): readonly FinishedTrial[] {
  const file = split(number).store;
  if (!existsSync(file)) return [];
  const store = openStudyReader({ store: file, lock });
  try {
    return finishedOf(store.trials(), number);
  } finally {
    store.close();
  }
}

function finishedOf(trials: readonly StoredTrial[], split: number): readonly FinishedTrial[] {
  return trials.flatMap(({ arm, seed, status, details }) => {
    if (status !== 'done') return [];
    const { processor } = (details.profile ?? {}) as Partial<ExecutionProfile>;
    return [{ split, arm, seed, processor: processor ?? null }];
  });
}
