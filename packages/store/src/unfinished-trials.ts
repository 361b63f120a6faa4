import { existsSync } from 'node:fs';
import type { StudyFolder } from '@chromaray/contracts';
import { openStudyReader } from './sqlite/sqlite-store.js';

/**
 * Fingerprints of all trials of a study that are planned and not done: those of its further splits and of searches for
 * hyperparameters included. A split that has not begun has none yet.
 *
 * @throws ChromarayError as a store that cannot be read does
 */
export function unfinishedTrials(folder: StudyFolder): ReadonlySet<string> {
  const splits = [folder];
  for (let number = 2; existsSync(folder.split(number).root); number++) splits.push(folder.split(number));
  const stores = splits.flatMap((split) => [split.store, split.tuningTrials().store]);
  return new Set(stores.filter((store) => existsSync(store)).flatMap((store) => unfinishedIn(store, folder.lock)));
}

/** A run holds the study's folder alone, not those of its splits. */
function unfinishedIn(store: string, lock: string): readonly string[] {
  const reader = openStudyReader({ store, lock });
  try {
    return reader.trials().flatMap(({ fingerprint, status }) => (status === 'done' ? [] : [fingerprint]));
  } finally {
    reader.close();
  }
}
