import { existsSync } from 'node:fs';
import { sha256File } from '@chromaray/base';
import type { StudyFolder } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import type { StoredTrial } from '@chromaray/store';

/** What is known of a saved model: it is the one that was trained, or it is older than the record of hashes. */
export type Frozen = 'pinned' | 'unpinned';

/**
 * Checks that a trial's saved model is the one whose predictions the study holds: its hash was stored with its results.
 *
 * @returns `unpinned` for trials of versions that stored no hash
 * @throws ChromarayError `CHROMARAY_FROZEN_MODEL_MISSING`; `CHROMARAY_FROZEN_MODEL_CHANGED` when the file is another one
 */
export async function checkFrozenModel(folder: Pick<StudyFolder, 'model'>, trial: StoredTrial): Promise<Frozen> {
  const { arm, seed, details } = trial;
  const file = folder.model(arm, seed);
  if (!existsSync(file)) {
    throw codedError('CHROMARAY_FROZEN_MODEL_MISSING', {
      message: `The model ${file} is missing.`,
      details: { file },
    });
  }
  const { modelHash } = details;
  if (typeof modelHash !== 'string') return 'unpinned';
  if ((await sha256File(file)) === modelHash) return 'pinned';
  throw codedError('CHROMARAY_FROZEN_MODEL_CHANGED', {
    message: `${file} is not the model that the trial ${arm}, seed ${seed}, saved: its hash differs from the one recorded.`,
    details: { file, arm, seed },
  });
}
