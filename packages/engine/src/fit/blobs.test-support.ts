import { Random } from '@chromaray/base';
import { addInput } from '../layers/input-transform.js';
import { NetworkBuilder } from '../layers/network-builder.js';
import type { Constraint, ExampleSource, TrainableModel } from '../training/types.js';
import { arraySource } from './array-source.js';
import type { FitOptions, FitRequest } from './fit-types.js';

/** Images of 8x8 that are brighter on the left (0) or on the right (1), with noise: learnt in a few epochs. */
export function blobs(count: number, seed: number): ExampleSource {
  const random = new Random(seed).fork('blobs');
  const pixels = new Uint8Array(count * 64);
  const targets = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    targets[i] = random.int(2);
    for (let p = 0; p < 64; p++) {
      const bright = p % 8 >= 4 === (targets[i] === 1);
      pixels[i * 64 + p] = Math.floor(random.uniform(0, 120) + (bright ? 100 : 0));
    }
  }
  return arraySource({ shape: [1, 8, 8], pixels, targets });
}

export interface TinyOptions {
  readonly seed?: number;
  readonly dropout?: number;
  readonly norm?: boolean;
  readonly constraint?: Constraint;
  readonly l2?: number;
}

/** Convolution, optional batch norm, pooling, optional dropout, dense: for images of 8x8. */
export function tinyNetwork({ seed = 1, dropout, norm, constraint, l2 }: TinyOptions = {}): TrainableModel {
  const network = new NetworkBuilder('tiny', seed);
  const input = addInput(network, { kind: 'gray' }, { height: 8, width: 8 });
  const convolved = network.convolution(input, {
    name: 'convolution',
    filters: 4,
    kernel: 3,
    ...(constraint === undefined ? {} : { constraint }),
    ...(l2 === undefined ? {} : { l2 }),
  });
  const normed = norm === true ? network.batchNorm(convolved, 'norm') : convolved;
  const pooled = network.maxPool(network.relu(normed));
  const features = network.flatten(dropout === undefined ? pooled : network.dropout(pooled, dropout));
  return network.finish(network.dense(features, 1, { name: 'output' }));
}

export const tinyOptions: FitOptions = {
  loss: { kind: 'binary-cross-entropy' },
  optimizer: { kind: 'adam' },
  learningRate: 0.01,
  batch: 16,
  epochs: 3,
  seed: 5,
  threads: 1,
};

/** A training that takes a fraction of a second, with dropout, batch norm and a smaller last batch. */
export function tinyRequest(options: Partial<FitOptions> = {}, rest: Partial<FitRequest> = {}): FitRequest {
  return {
    model: tinyNetwork({ dropout: 0.3, norm: true, l2: 0.001 }),
    train: blobs(70, 1),
    validation: blobs(40, 2),
    options: { ...tinyOptions, ...options },
    ...rest,
  };
}
