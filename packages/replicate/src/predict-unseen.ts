import type { Dataset } from '@chromaray/contracts';
import { prepareUnseen } from '@chromaray/study';
import { datasetOf, recordsOf } from './copies.js';
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
  const unseen = await prepareUnseen(study, folder, dataset, { cache, onEvent, signal });
  const probabilities = await unseen.predict(study.arms[0]!.name, study.seeds[0]!);
  return unseen.records.map(({ id, positive }, i) => ({ record: id, positive, probability: probabilities[i]! }));
}
