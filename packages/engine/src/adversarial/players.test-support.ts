import { Random } from '@chromaray/base';
import { addInput } from '../layers/input-transform.js';
import { NetworkBuilder } from '../layers/network-builder.js';
import type { ExampleSource, TrainableModel } from '../training/types.js';
import type { AdversarialOptions, AdversarialRequest } from './types.js';

const side = 6;

/** Gray to three channels, with what a training must keep: batch statistics and dropout. */
export function tinyGenerator({ plain = false } = {}): TrainableModel {
  const network = new NetworkBuilder('generator', 2);
  const input = addInput(network, { kind: 'gray' }, { height: side, width: side });
  const first = network.convolution(input, { name: 'first', filters: 4, kernel: 3, padding: 'same' });
  const deep = network.leakyRelu(plain ? first : network.dropout(network.batchNorm(first, 'norm'), 0.2), 0.2);
  return network.finishAs(network.convolution(deep, { name: 'last', filters: 3, kernel: 1 }), 'picture');
}

/** Patches of a picture to logits, with spectral norms and dropout of channels. */
export function tinyCritic({ plain = false } = {}): TrainableModel {
  const network = new NetworkBuilder('critic', 3);
  const picture = network.graph.input('picture', 'float32', ['batch', 3, side, side]);
  const layer = { spectralNorm: true, padding: 'same' } as const;
  const padded = network.graph.node('Pad', [picture, network.graph.ints([0, 0, 1, 1, 0, 0, 1, 1])]);
  const first = network.convolution(padded, {
    ...layer,
    padding: 'valid',
    name: 'a',
    filters: 4,
    kernel: 4,
    stride: 2,
  });
  const leaky = network.leakyRelu(first, 0.2);
  const deep = plain ? leaky : network.dropoutChannels(leaky, 0.15);
  return network.finishAs(
    network.convolution(deep, { ...layer, padding: 'valid', name: 'b', filters: 1, kernel: 2 }),
    'logits',
  );
}

/** Pictures drawn anew for each batch: red as the pixels, green half of it, blue the opposite. */
export const drawn: ExampleSource = {
  count: 10,
  shape: [1, side, side],
  targetSize: 3 * side * side,
  read: (indices, into, at) => {
    const random = new Random('drawn').fork(at.epoch).fork(at.batch);
    const area = side * side;
    for (let i = 0; i < indices.length * area; i++) {
      const gray = random.int(256);
      const [example, place] = [Math.floor(i / area), i % area];
      into.pixels[i] = gray;
      [gray / 255, gray / 510, 1 - gray / 255].forEach((value, channel) => {
        into.targets[(3 * example + channel) * area + place] = value;
      });
    }
  },
};

/** A training of a fraction of a second: batches of 4, 4 and 2 an epoch, stretches of 10 steps. */
export function tinyRequest(
  options: Partial<AdversarialOptions> = {},
  rest: Partial<AdversarialRequest> = {},
): AdversarialRequest {
  const adam = { kind: 'adam', beta1: 0, beta2: 0.9 } as const;
  return {
    generator: tinyGenerator(),
    critic: tinyCritic(),
    train: drawn,
    ...rest,
    options: {
      ...{ batch: 4, steps: 40, every: 10, seed: 7, threads: 1, criticWeight: 0.2 },
      loss: { kind: 'l1' },
      generator: { optimizer: adam, learningRate: 0.01 },
      critic: { optimizer: adam, learningRate: 0.02 },
      switching: { kind: 'threshold', criticLoss: 0.68 },
      shownAs: { scale: 2, shift: -1 },
      ...options,
    },
  };
}
