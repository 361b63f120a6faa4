import { type RunRecord, resolveArm, type StudyFile } from '@chromaray/contracts';
import { weightsRecord } from '@chromaray/trials';
import type { StudyModels } from '../prepare/study-models.js';

/** The files that weights came from: the study's, and by arm where an arm's network is not the study's. */
export function recordedWeights(study: StudyFile, models: StudyModels): Pick<RunRecord, 'weights' | 'armWeights'> {
  const own = models.weightsOf(study.model);
  const others = study.arms.flatMap((arm) => {
    const found = models.weightsOf(resolveArm(study, arm).model);
    if (found?.sha256 === own?.sha256) return [];
    return [[arm.name, found === undefined ? null : weightsRecord(found)] as const];
  });
  return {
    ...(own === undefined ? {} : { weights: weightsRecord(own) }),
    ...(others.length === 0 ? {} : { armWeights: Object.fromEntries(others) }),
  };
}

/** The file that an arm's weights came from; undefined for one that began at random weights. */
export function weightsOfArm(
  { weights, armWeights }: Pick<RunRecord, 'weights' | 'armWeights'>,
  arm: string,
): RunRecord['weights'] {
  const own = armWeights?.[arm];
  return own === undefined ? weights : (own ?? undefined);
}
