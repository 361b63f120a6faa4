import type { NetworkBuilder } from '../../layers/network-builder.js';
import { around, type Case, conformance } from './check.test-support.js';

const area = { height: 6, width: 5 };

const cases: readonly (readonly [string, (n: NetworkBuilder, x: string) => string])[] = [
  [
    'a convolution without bias',
    (n, x) => n.convolution(x, { name: 'second', filters: 5, kernel: 3, bias: false, spectralNorm: true }),
  ],
  [
    'a convolution with stride, bias and an activation',
    (n, x) =>
      n.leakyRelu(n.convolution(x, { name: 'second', filters: 5, kernel: 3, stride: 2, spectralNorm: true }), 0.2),
  ],
  [
    'a transposed convolution',
    (n, x) => {
      const kernel = n.weight('up/kernel', [4, 3, 2, 2], {});
      return n.graph.node('ConvTranspose', [x, n.spectralNorm(kernel, 1)], { strides: [2, 2] });
    },
  ],
  ['a dense layer', (n, x) => n.dense(n.flatten(x), 6, { name: 'second', spectralNorm: true })],
];

conformance(
  'spectral norms',
  cases.map(
    ([name, operator]): Case => ({
      name,
      count: 4,
      model: around(operator, area),
      essential: name === 'a dense layer',
    }),
  ),
);
