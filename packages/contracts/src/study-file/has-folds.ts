import type { StudyFile } from './study-file.js';

/** True where every record is tested once: the verdict is then of all splits together. */
export function hasFolds({ split: { folds, by } }: StudyFile): boolean {
  return folds !== undefined || by !== undefined;
}
