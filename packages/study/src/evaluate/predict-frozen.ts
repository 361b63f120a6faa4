import path from 'node:path';
import type { Dataset, OnStudyEvent, StudyFile, StudyFolder } from '@chromaray/contracts';
import type { EvaluationPrediction, StoredTrial } from '@chromaray/store';
import { cacheFolder } from '@chromaray/store';
import { checkFrozenModel } from '../frozen/frozen-model.js';
import { prepareUnseen } from '../prepare/unseen.js';
import { rowProbabilities } from '../run/row-probabilities.js';

export interface FrozenRequest {
  readonly study: StudyFile;
  readonly folder: StudyFolder;
  readonly dataset: Dataset;
  readonly trials: readonly StoredTrial[];
  readonly onEvent: OnStudyEvent;
  readonly signal: AbortSignal;
}

export interface FrozenPredictions {
  readonly predictions: readonly EvaluationPrediction[];
  /** Models of which no hash was stored: nothing shows that they are those that were trained. */
  readonly unpinned: number;
}

/**
 * What each trial's saved model says of every record, in the order of the data set. Pictures are prepared as those
 * of the study's test part.
 *
 * @throws ChromarayError as `checkFrozenModel` does, before anything is predicted; the signal's reason when aborted
 */
export async function predictFrozen(request: FrozenRequest): Promise<FrozenPredictions> {
  const { study, folder, dataset, trials, onEvent, signal } = request;
  const frozen = await Promise.all(trials.map((trial) => checkFrozenModel(folder, trial)));
  const cache = cacheFolder(path.dirname(folder.root));
  const unseen = await prepareUnseen(study, folder, dataset, { cache, onEvent, signal });
  const predictions: EvaluationPrediction[] = [];
  for (const [i, { arm, seed }] of trials.entries()) {
    const probabilities = await unseen.predict(arm, seed);
    for (const [row, { id, patient, label, positive }] of unseen.records.entries()) {
      predictions.push({
        ...{ arm, seed, record: id, patient, label, positive },
        ...rowProbabilities(probabilities, row, dataset.several),
      });
    }
    onEvent({ kind: 'progress', phase: 'predicting', done: i + 1, total: trials.length, unit: 'steps', arm, seed });
  }
  return { predictions, unpinned: frozen.filter((state) => state === 'unpinned').length };
}
