import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ChromarayError } from '@chromaray/base';
import { cacheFolder, type Dataset, type OnStudyEvent, type StudyFile, type StudyFolder } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import type { EvaluationPrediction, TrialKey } from '@chromaray/store';
import { prepareUnseen } from '../prepare/unseen.js';

export interface FrozenRequest {
  readonly study: StudyFile;
  readonly folder: StudyFolder;
  readonly dataset: Dataset;
  readonly trials: readonly TrialKey[];
  readonly onEvent: OnStudyEvent;
  readonly signal: AbortSignal;
}

/**
 * What each trial's saved model says of every record, in the order of the data set. Pictures are prepared as those
 * of the study's test part.
 *
 * @throws ChromarayError `CHROMARAY_EVALUATE_MODEL_MISSING`; the signal's reason when aborted
 */
export async function predictFrozen(request: FrozenRequest): Promise<readonly EvaluationPrediction[]> {
  const { study, folder, dataset, trials, onEvent, signal } = request;
  for (const { arm, seed } of trials) if (!existsSync(folder.model(arm, seed))) throw missing(folder.model(arm, seed));
  const cache = cacheFolder(path.dirname(folder.root));
  const unseen = await prepareUnseen(study, folder, dataset, { cache, onEvent, signal });
  const predictions: EvaluationPrediction[] = [];
  for (const [i, { arm, seed }] of trials.entries()) {
    const probabilities = await unseen.predict(arm, seed);
    for (const [row, { id, patient, label, positive }] of unseen.records.entries()) {
      predictions.push({ arm, seed, record: id, patient, label, positive, probability: probabilities[row]! });
    }
    onEvent({ kind: 'progress', phase: 'predicting', done: i + 1, total: trials.length, unit: 'steps', arm, seed });
  }
  return predictions;
}

function missing(file: string): ChromarayError {
  return codedError('CHROMARAY_EVALUATE_MODEL_MISSING', {
    message: `The model ${file} is not there.`,
    details: { file },
  });
}
