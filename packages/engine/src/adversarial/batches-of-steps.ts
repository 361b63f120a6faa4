import { Random } from '@chromaray/base';
import { type Batch, BatchReader } from '../fit/batches.js';
import type { AdversarialRequest } from './types.js';

/** The batches of the steps after `from` up to `to`, over as many epochs as they take; each epoch in an order of its own. */
export async function* batchesOfSteps(
  train: AdversarialRequest['train'],
  { batch: size, seed }: Pick<AdversarialRequest['options'], 'batch' | 'seed'>,
  from: number,
  to: number,
): AsyncGenerator<Batch, void, void> {
  const perEpoch = Math.ceil(train.count / size);
  const reader = new BatchReader(train, size);
  for (let step = from; step < to; ) {
    const epoch = Math.floor(step / perEpoch) + 1;
    const order = new Random(seed).fork('order').fork(epoch).permutation(train.count);
    for await (const batch of reader.read(order, undefined, epoch, step % perEpoch)) {
      yield batch;
      step++;
      if (step >= to) return;
    }
  }
}
