import { blobs, tinyNetwork } from '../../fit/blobs.test-support.js';
import { kerasKernelAxes } from '../../training/step/constraints.js';
import type { TrainableModel } from '../../training/types.js';
import type { StepInput } from '../backend.js';

/**
 * Dropout, batch norm, L2 and a constraint. The bias before the batch norm is frozen: its gradient is 0, and Adam
 * would follow the sign of what rounding leaves of it.
 */
export function richNetwork(): TrainableModel {
  const model = tinyNetwork({
    dropout: 0.3,
    norm: true,
    l2: 0.01,
    constraint: { kind: 'unit-norm', axes: kerasKernelAxes(0) },
  });
  return { ...model, trainable: model.trainable.filter((name) => name !== 'convolution/bias') };
}

/** Examples of a step: other ones at every step, the same in every run. */
export function trainingBatch(count: number, step: number): StepInput {
  const into = {
    pixels: new Uint8Array(count * 64),
    targets: new Float32Array(count),
    weights: new Float32Array(count),
  };
  const order = Int32Array.from({ length: count }, (_, i) => (i + step * 8) % 200);
  void blobs(200, 1).read(order, into, { epoch: 0, batch: 0 });
  return { ...into, count, learningRate: 0.01, step };
}
