import { addInput } from '../../layers/input-transform.js';
import { NetworkBuilder } from '../../layers/network-builder.js';
import type { Loss } from '../../training/loss/types.js';
import type { TrainableModel } from '../../training/types.js';
import { type Case, conformance } from './check.test-support.js';

/** Gray pixels to three channels of as many pixels, with everything that decoders of pictures are made of. */
function pictureNetwork(): TrainableModel {
  const network = new NetworkBuilder('pictures', 5);
  const input = addInput(network, { kind: 'gray' }, { height: 8, width: 6 });
  const layer = (x: string, name: string, filters: number, stride = 1) =>
    network.convolution(x, { name, filters, kernel: 3, stride, padding: 'same' });
  const first = network.leakyRelu(layer(input, 'first', 4), 0.2);
  const deep = network.relu(network.batchNorm(layer(first, 'deep', 16, 2), 'norm'));
  const blurred = network.averagePool(network.padEdge(network.pixelShuffle(deep), [1, 0, 1, 0]), 2, 1);
  const plain = network.upsampleNearest(layer(deep, 'plain', 3));
  const joined = network.concat(first, blurred, plain, input);
  return network.finishAs(network.graph.node('Sigmoid', [layer(joined, 'last', 3)]), 'picture');
}

const losses: readonly (readonly [string, Loss])[] = [
  ['l1', { kind: 'l1' }],
  ['huber', { kind: 'huber', delta: 0.1 }],
  ['mean squared error', { kind: 'mean-squared-error' }],
  ['binary cross-entropy', { kind: 'binary-cross-entropy' }],
];

conformance(
  'losses on pictures',
  losses.map(
    ([name, loss]): Case => ({
      name,
      loss,
      model: pictureNetwork,
      count: 4,
      essential: loss.kind === 'l1',
      // The slope of the absolute error jumps where a rounded value passes its target.
      leniencyInBfloat16: 3,
    }),
  ),
);
