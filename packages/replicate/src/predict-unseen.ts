import type { Dataset } from '@chromaray/contracts';
import { type BalancePlan, finishSplit } from '@chromaray/data';
import { loadModel, predict } from '@chromaray/engine';
import { openPack } from '@chromaray/imaging';
import { armPacks } from '@chromaray/study';
import { backendOptions, packSource } from '@chromaray/trials';
import { datasetOf, recordsOf } from './copies.js';
import { publishedSeed } from './published.js';
import type { ReplicationRun, TrainedOriginal } from './train-original.js';

/** A record with what a network said of it. */
export interface Scored {
  readonly record: string;
  readonly positive: boolean;
  /** Probability of the positive class. */
  readonly probability: number;
}

/**
 * Shows a trained network the official test part, in the colours it was trained on: X-rays of which it has
 * copied none.
 */
export async function predictUnseen(
  trained: TrainedOriginal,
  described: Dataset,
  { cache, onEvent, signal }: ReplicationRun,
): Promise<readonly Scored[]> {
  const { study, folder } = trained;
  const records = [false, true].flatMap((positive) => recordsOf(described, 'test', positive, 1));
  const dataset = datasetOf(described, records);
  const part = new Map(dataset.records.map(({ id }) => [id, 'test' as const]));
  const split = finishSplit(dataset, { method: 'provided', seed: publishedSeed, part, notes: [] }, null);
  const packs = await armPacks({ dataset, split, balance: nothingToTrain, study }, cache, onEvent, signal);
  const [built] = packs.values();
  const pack = openPack(built!.test.pack);
  try {
    const source = packSource(pack, built!.test.labels, { positive: 1, negative: 1 });
    const probabilities = await predict(loadModel(folder.model(study.arms[0]!.name, study.seeds[0]!)), source, {
      ...backendOptions(study.training),
      signal,
    });
    return dataset.records.map(({ id, positive }, i) => ({ record: id, positive, probability: probabilities[i]! }));
  } finally {
    pack.close();
  }
}

const nothingToTrain: BalancePlan = {
  method: 'none',
  entries: [],
  classWeights: { positive: 1, negative: 1 },
  augmentation: null,
  notes: [],
};
