import { existsSync } from 'node:fs';
import path from 'node:path';
import { ChromarayError } from '@chromaray/base';
import { armPixels } from '@chromaray/colour';
import type { Dataset, OnStudyEvent, StudyFile, StudyFolder } from '@chromaray/contracts';
import { type BalancePlan, finishSplit } from '@chromaray/data';
import { loadModel, predict } from '@chromaray/engine';
import { openPack } from '@chromaray/imaging';
import type { EvaluationPrediction, TrialKey } from '@chromaray/store';
import { backendOptions, packSource } from '@chromaray/trials';
import { armPacks } from '../run/arm-packs.js';
import { partRecords } from '../run/part-packs.js';

export interface FrozenRequest {
  readonly study: StudyFile;
  readonly folder: StudyFolder;
  readonly dataset: Dataset;
  readonly trials: readonly TrialKey[];
  readonly onEvent: OnStudyEvent;
  readonly signal: AbortSignal;
}

const nothingTrained: BalancePlan = {
  method: 'none',
  entries: [],
  classWeights: { positive: 1, negative: 1 },
  augmentation: null,
  notes: [],
};

/**
 * What each trial's saved model says of every record, in the order of the data set. Pictures are prepared as those
 * of the study's test part.
 *
 * @throws ChromarayError `CHROMARAY_EVALUATE_MODEL_MISSING`; the signal's reason when aborted
 */
export async function predictFrozen(request: FrozenRequest): Promise<readonly EvaluationPrediction[]> {
  const { study, folder, dataset, trials, onEvent, signal } = request;
  for (const { arm, seed } of trials) if (!existsSync(folder.model(arm, seed))) throw missing(folder.model(arm, seed));
  const asTest = new Map(dataset.records.map(({ id }) => [id, 'test' as const]));
  const split = finishSplit(dataset, { method: 'provided', seed: 0, part: asTest, notes: [] }, null);
  const cache = path.resolve(folder.root, '..', '.cache');
  const packs = await armPacks({ dataset, split, balance: nothingTrained, study }, cache, onEvent, signal);
  const records = partRecords(dataset, split, 'test');
  const predictions: EvaluationPrediction[] = [];
  for (const [i, { arm, seed }] of trials.entries()) {
    const { colour } = study.arms.find(({ name }) => name === arm)!;
    const rows = packs.get(armPixels(colour))!.test;
    const pack = openPack(rows.pack);
    try {
      const probabilities = await predict(
        loadModel(folder.model(arm, seed)),
        packSource(pack, rows.labels, { positive: 1, negative: 1 }),
        { ...backendOptions(study.training), batch: study.training.batch, signal },
      );
      for (const [row, { id, patient, label, positive }] of records.entries()) {
        predictions.push({ arm, seed, record: id, patient, label, positive, probability: probabilities[row]! });
      }
    } finally {
      pack.close();
    }
    const detail = `predicted by ${arm}, seed ${seed}`;
    onEvent({ kind: 'progress', phase: 'reporting', done: i + 1, total: trials.length, unit: 'steps', detail });
  }
  return predictions;
}

function missing(file: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_EVALUATE_MODEL_MISSING',
    message: `The model ${file} is not there.`,
    remedy:
      'Run the study again with `chromaray study run`: a trial whose model is gone can be trained again with --retrain.',
    details: { file },
  });
}
