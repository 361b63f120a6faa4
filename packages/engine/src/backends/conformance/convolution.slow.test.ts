import type { NetworkBuilder } from '../../layers/network-builder.js';
import { around, type Case, conformance } from './check.test-support.js';
import { type Combination, everyPair } from './covering.test-support.js';

const axes = {
  shape: [
    { channels: 4, height: 9, width: 9 },
    { channels: 12, height: 7, width: 10 },
  ],
  kernel: [
    [3, 3],
    [1, 1],
    [4, 4],
    [2, 3],
  ],
  strides: [
    [1, 1],
    [2, 2],
    [1, 3],
  ],
  pads: [
    [1, 1, 1, 1],
    [0, 0, 0, 0],
    [2, 1, 0, 1],
  ],
  dilations: [
    [1, 1],
    [2, 2],
  ],
  group: ['one', 'two', 'a channel each'],
  bias: [true, false],
} as const;

function convolution(network: NetworkBuilder, input: string, choice: Combination<typeof axes>): string {
  const { kernel, strides, pads, dilations, bias } = choice;
  const { channels } = choice.shape;
  const group = choice.group === 'one' ? 1 : choice.group === 'two' ? 2 : channels;
  const filters = 2 * channels;
  const weight = network.weight('conv/kernel', [filters, channels / group, ...kernel], {});
  const biases = { dtype: 'float32', dims: [filters], data: new Float32Array(filters).fill(0.1) } as const;
  const inputs = [input, weight, ...(bias ? [network.trained('conv/bias', biases)] : [])];
  return network.graph.node('Conv', inputs, { kernel_shape: kernel, strides, pads, dilations, group });
}

const combinations: readonly Case[] = everyPair(axes).map((choice, i) => {
  const { shape, kernel, strides, pads, dilations, group, bias } = choice;
  const name = [
    `Conv ${kernel.join('x')} of ${shape.channels}x${shape.height}x${shape.width}`,
    `strides ${strides}, pads ${pads}, dilations ${dilations}`,
    `groups: ${group}, ${bias ? 'bias' : 'no bias'}`,
  ].join(', ');
  return { name, essential: i < 3, model: around((n, x) => convolution(n, x, choice), shape) };
});

const special: readonly Case[] = [
  {
    name: 'Conv that pads as SAME_UPPER',
    model: around((n, x) => n.convolution(x, { name: 'c', filters: 5, kernel: 4, stride: 2, padding: 'same-upper' })),
  },
  {
    name: 'Conv whose stride leaves cells unread',
    model: around((n, x) => n.convolution(x, { name: 'c', filters: 5, kernel: 2, stride: 3 })),
  },
  {
    name: 'Conv that reduces to one cell',
    model: around((n, x) => n.convolution(x, { name: 'c', filters: 5, kernel: 9 })),
  },
  {
    name: 'two Convs of one input',
    model: around((n, x) => {
      const [a, b] = ['a', 'b'].map((name) => n.convolution(x, { name, filters: 4, kernel: 3, padding: 'same' }));
      return n.add(a!, b!);
    }),
  },
];

conformance('convolutions', [...combinations, ...special]);
