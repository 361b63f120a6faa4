import type { Model } from '../../graph/types.js';
import { addInput } from '../../layers/input-transform.js';
import { NetworkBuilder } from '../../layers/network-builder.js';
import type { CriticLoss, FeatureLoss, Loss, WeightedLoss } from '../../training/loss/types.js';
import type { TrainableModel } from '../../training/types.js';
import { type Case, conformance } from './check.test-support.js';

const size = { height: 6, width: 6 };

/** Gray pixels to three channels, and the same channels smaller as a second value. */
function pictureNetwork(): TrainableModel {
  const network = new NetworkBuilder('pictures', 5);
  const input = addInput(network, { kind: 'gray' }, size);
  const first = network.leakyRelu(
    network.convolution(input, { name: 'first', filters: 4, kernel: 3, padding: 'same' }),
    0.2,
  );
  const picture = network.convolution(first, { name: 'last', filters: 3, kernel: 3, padding: 'same' });
  network.graph.node('Sigmoid', [picture], {}, { outputs: ['bright'] });
  return network.finishAs(picture, 'picture');
}

/** A frozen network of the given operator set, with batch normalisation, pooling and a dropout that must not act. */
function frozenNetwork(opset: number, dtype: 'float32' | 'uint8' = 'float32'): Model {
  const network = new NetworkBuilder('frozen', 9, opset);
  const { graph } = network;
  const pixels = graph.input('image', dtype, ['batch', 3, 224, 224]);
  const image = dtype === 'uint8' ? graph.node('Cast', [pixels], { to: 1 }) : pixels;
  const first = network.batchNorm(
    network.convolution(image, { name: 'a', filters: 5, kernel: 3, padding: 'same' }),
    'norm',
  );
  graph.node('Tanh', [first], {}, { outputs: ['a/tanh'] });
  const pooled = network.dropout(network.averagePool('a/tanh', 2), 0.5);
  graph.node(
    'Sigmoid',
    [network.convolution(pooled, { name: 'b', filters: 4, kernel: 3 })],
    {},
    { outputs: ['b/sigmoid'] },
  );
  return network.finishAs(network.dense(network.globalAveragePool('b/sigmoid'), 2, { name: 'classes' }), 'classes')
    .model;
}

const features = (change: Partial<FeatureLoss> = {}): FeatureLoss => ({
  kind: 'features',
  network: frozenNetwork(17),
  layers: [
    { tensor: 'a/tanh', weight: 20 },
    { tensor: 'b/sigmoid', weight: 10 },
  ],
  distance: 'l1',
  ...change,
});

/** Dropout of channels and spectral norms. */
function critic(): TrainableModel {
  const network = new NetworkBuilder('critic', 4);
  const picture = network.graph.input('picture', 'float32', ['batch', 3, size.height, size.width]);
  const layer = (x: string, name: string, filters: number, stride: number) =>
    network.convolution(x, { name, filters, kernel: 4, stride, padding: 'valid', spectralNorm: true });
  const first = network.dropoutChannels(network.leakyRelu(layer(picture, 'a', 6, 2), 0.2), 0.4);
  return network.finish(network.flatten(network.convolution(first, { name: 'b', filters: 1, kernel: 2 })));
}

const judged: CriticLoss = {
  kind: 'critic',
  critic: critic(),
  towards: 1,
  input: { scale: [2, 2, 2], shift: [-1, 0, -1] },
};

const sum = (...terms: readonly WeightedLoss[]): Loss => ({ kind: 'sum', terms });

const cases: readonly (readonly [string, Loss])[] = [
  ['features of a frozen network', features()],
  ['squared features, scaled', features({ distance: 'mean-squared-error', input: { scale: [2, 1, 3], shift: -0.5 } })],
  ['features of a network of another operator set', features({ network: frozenNetwork(20) })],
  ['features of a network that takes bytes', features({ network: frozenNetwork(17, 'uint8') })],
  ['a critic', judged],
  [
    'a sum of a pixel loss, features, a critic, and another value',
    sum(
      { loss: { kind: 'l1' }, weight: 1 },
      { loss: features(), weight: 0.5 },
      { loss: judged, weight: 0.3 },
      { loss: { kind: 'huber' }, weight: 2, on: 'bright' },
    ),
  ],
];

conformance(
  'losses through networks',
  cases.map(
    ([name, loss], i): Case => ({ name, loss, model: pictureNetwork, essential: i === 5, leniencyInBfloat16: 3 }),
  ),
);
