import type { StudyFolder } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { openStudyReader } from '@chromaray/store';
import { checkFrozenModel } from './frozen-model.js';

/**
 * The file of the model that a trial saved, once it is sure to be the one whose predictions the study holds.
 *
 * @throws ChromarayError `CHROMARAY_STORE_TRIAL_UNKNOWN`, `CHROMARAY_FROZEN_MODEL_MISSING`, `CHROMARAY_FROZEN_MODEL_CHANGED`
 */
export async function trialModel(
  folder: StudyFolder,
  { arm, seed }: { readonly arm: string; readonly seed: number },
): Promise<string> {
  const reader = openStudyReader(folder);
  try {
    const trial = reader.trial({ arm, seed });
    if (trial === undefined)
      throw codedError('CHROMARAY_STORE_TRIAL_UNKNOWN', {
        message: `The study has no trial of the arm ${JSON.stringify(arm.slice(0, 200))} with seed ${seed}.`,
        details: { arm, seed },
      });
    await checkFrozenModel(folder, trial);
  } finally {
    reader.close();
  }
  return folder.model(arm, seed);
}
