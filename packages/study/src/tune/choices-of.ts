import type { StudyFile, StudyFolder, TuningRecord } from '@chromaray/contracts';
import { readArtefactIfAny } from '@chromaray/store';

/** The hyperparameters that were chosen for a study's arms; undefined without a search, or before it has ended. */
export function choicesOf({ tune }: StudyFile, { tuning }: Pick<StudyFolder, 'tuning'>): TuningRecord | undefined {
  return tune === undefined ? undefined : readArtefactIfAny('tuning', tuning);
}
