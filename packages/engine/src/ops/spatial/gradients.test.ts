import { describe, it } from 'vitest';
import { checkGradient, type GradientCheck } from '../../../test/check-gradient.js';
import type { GraphBuilder } from '../../builder/builder.js';
import type { Attributes } from '../../graph/types.js';

type Case = readonly [name: string, check: GradientCheck];

const x = (builder: GraphBuilder, dims: readonly number[]) => builder.input('x', 'float32', dims);

/** A convolution of `[N, C, ...]` with weights `[M, C / group, ...]`, all of them differentiated. */
const conv = (
  dims: readonly number[],
  weights: readonly number[],
  attributes: Attributes = {},
  more: { bias?: boolean; opType?: string } = {},
): Case => {
  const { opType = 'Conv', bias = false } = more;
  return [
    `${opType} of [${dims}] with [${weights}]${bias ? ' and bias' : ''} ${JSON.stringify(attributes)}`,
    {
      range: [-1, 1],
      build(builder) {
        const inputs = [x(builder, dims), builder.input('w', 'float32', weights)];
        const group = (attributes.group as number | undefined) ?? 1;
        const outputs = opType === 'Conv' ? weights[0]! : weights[1]! * group;
        return builder.node(opType, bias ? [...inputs, builder.input('b', 'float32', [outputs])] : inputs, attributes);
      },
    },
  ];
};

const convolutions: readonly Case[] = [
  conv([2, 3, 6, 7], [4, 3, 3, 3], {}, { bias: true }),
  conv([2, 3, 6, 7], [4, 3, 3, 3], { pads: [1, 1, 1, 1] }),
  conv([2, 3, 6, 7], [4, 3, 3, 2], { pads: [0, 1, 2, 0] }),
  conv([2, 3, 7, 8], [4, 3, 3, 3], { strides: [2, 2] }),
  conv([2, 3, 7, 8], [4, 3, 3, 3], { strides: [2, 3], pads: [1, 0, 1, 2] }, { bias: true }),
  conv([2, 3, 8, 8], [2, 3, 3, 3], { dilations: [2, 2] }),
  conv([2, 3, 9, 8], [2, 3, 3, 2], { dilations: [2, 3], strides: [2, 1], pads: [2, 1, 0, 1] }),
  conv([2, 3, 5, 5], [2, 3, 1, 1], { pads: [1, 1, 1, 1] }),
  conv([2, 3, 5, 5], [4, 3, 1, 1], {}, { bias: true }),
  conv([2, 3, 5, 6], [4, 3, 1, 1], { strides: [2, 2] }),
  ...['SAME_UPPER', 'SAME_LOWER', 'VALID'].flatMap((auto_pad) => [
    conv([1, 2, 6, 7], [3, 2, 4, 3], { auto_pad }),
    conv([1, 2, 6, 7], [3, 2, 3, 2], { auto_pad, strides: [2, 2] }),
  ]),
  conv([2, 4, 6, 6], [6, 2, 3, 3], { group: 2 }, { bias: true }),
  conv([2, 4, 6, 6], [6, 2, 3, 3], { group: 2, strides: [2, 2], pads: [1, 1, 1, 1] }),
  conv([2, 4, 6, 6], [4, 1, 3, 3], { group: 4, pads: [1, 1, 1, 1] }),
  conv([2, 4, 6, 6], [8, 1, 3, 3], { group: 4, strides: [2, 2], pads: [1, 1, 1, 1] }),
  conv([2, 3, 9], [4, 3, 3], {}, { bias: true }),
  conv([2, 3, 9], [4, 3, 3], { strides: [2], pads: [1, 0], dilations: [2] }),
  conv([1, 2, 4, 4, 5], [2, 2, 2, 3, 2], { pads: [0, 1, 1, 1, 0, 0] }),
  // Enough channels for the product over rows, in one part and in several.
  conv([3, 12, 5, 6], [2, 12, 3, 3], {}, { bias: true }),
  conv([3, 12, 6, 5], [2, 12, 3, 2], { strides: [2, 2], pads: [1, 1, 0, 1], dilations: [1, 2] }),
  conv([2, 24, 4, 4], [3, 24, 1, 1]),
  conv([2, 24, 4, 4], [4, 12, 2, 2], { group: 2 }),
  conv([2, 12, 9], [2, 12, 3], { strides: [2], pads: [1, 1] }),
  conv([1, 12, 3, 4, 4], [2, 12, 2, 2, 2], { pads: [1, 0, 0, 0, 0, 1] }),
  conv([2, 3, 4, 4], [3, 2, 3, 3], {}, { opType: 'ConvTranspose', bias: true }),
  conv([2, 3, 4, 4], [3, 2, 3, 3], { strides: [2, 2], pads: [1, 1, 1, 1] }, { opType: 'ConvTranspose' }),
  conv([1, 3, 4, 3], [3, 2, 3, 2], { strides: [2, 3], output_padding: [1, 2] }, { opType: 'ConvTranspose' }),
  conv([1, 4, 4, 4], [4, 1, 2, 2], { strides: [2, 2], group: 2 }, { opType: 'ConvTranspose' }),
  conv([1, 2, 5], [2, 3, 3], { dilations: [2] }, { opType: 'ConvTranspose' }),
  ...['SAME_UPPER', 'SAME_LOWER', 'VALID'].flatMap((auto_pad) => [
    conv([1, 2, 4, 3], [2, 3, 3, 2], { auto_pad, strides: [2, 2] }, { opType: 'ConvTranspose' }),
    conv([1, 2, 4, 3], [2, 3, 4, 3], { auto_pad, strides: [1, 2] }, { opType: 'ConvTranspose' }),
    conv([1, 2, 4, 3], [2, 3, 2, 2], { auto_pad, strides: [3, 3] }, { opType: 'ConvTranspose' }),
  ]),
  ...['NOTSET', 'SAME_UPPER', 'SAME_LOWER'].flatMap((auto_pad) => [
    conv([1, 2, 4, 3], [2, 3, 3, 3], { auto_pad, strides: [2, 2], output_shape: [8, 6] }, { opType: 'ConvTranspose' }),
    conv([1, 2, 4, 3], [2, 3, 4, 3], { auto_pad, strides: [2, 2], output_shape: [7, 7] }, { opType: 'ConvTranspose' }),
  ]),
  conv([1, 2, 4, 3], [2, 3, 3, 3], { strides: [2, 2], output_shape: [10, 8] }, { opType: 'ConvTranspose' }),
  conv(
    [1, 2, 4, 3],
    [2, 3, 3, 3],
    { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] },
    { opType: 'ConvTranspose', bias: true },
  ),
  conv(
    [1, 2, 4, 3],
    [2, 3, 3, 3],
    { strides: [2, 2], output_shape: [8, 6], output_padding: [1, 1] },
    { opType: 'ConvTranspose', bias: true },
  ),
];

const pool = (opType: string, dims: readonly number[], attributes: Attributes = {}, opset = 19): Case => [
  `${opType} of [${dims}] ${JSON.stringify(attributes)}`,
  { opset, build: (builder) => builder.node(opType, [x(builder, dims)], attributes) },
];

const windows: readonly (readonly [dims: readonly number[], attributes: Attributes])[] = [
  [[2, 3, 6, 8], { kernel_shape: [2, 2], strides: [2, 2] }],
  [[2, 3, 7, 9], { kernel_shape: [2, 2], strides: [2, 2] }],
  [[2, 3, 7, 9], { kernel_shape: [2, 3], strides: [2, 3] }],
  [[2, 2, 7, 8], { kernel_shape: [3, 3], strides: [2, 2] }],
  [[2, 2, 7, 8], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }],
  [[2, 2, 5, 6], { kernel_shape: [2, 2] }],
  [[2, 2, 6, 8], { kernel_shape: [2, 2], strides: [3, 3] }],
  [[2, 2, 7, 8], { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 }],
  [[2, 2, 8, 7], { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }],
  [[1, 2, 7, 7], { kernel_shape: [3, 2], strides: [2, 2], auto_pad: 'SAME_UPPER' }],
  [[1, 2, 6, 7], { kernel_shape: [3, 2], strides: [2, 1], auto_pad: 'SAME_LOWER' }],
  [[2, 2, 9], { kernel_shape: [2], strides: [2] }],
  [[2, 2, 9], { kernel_shape: [3], strides: [2], pads: [1, 1] }],
];

const pools: readonly Case[] = [
  ...windows.map(([dims, attributes]) => pool('MaxPool', dims, attributes)),
  pool('MaxPool', [1, 2, 8, 8], { kernel_shape: [2, 2], strides: [2, 2], dilations: [2, 2] }),
  ...windows.flatMap(([dims, attributes]) => [
    pool('AveragePool', dims, attributes),
    pool('AveragePool', dims, { ...attributes, count_include_pad: 1 }),
  ]),
  pool('GlobalAveragePool', [2, 3, 4, 5]),
  pool('GlobalAveragePool', [2, 3, 7]),
  pool('GlobalMaxPool', [2, 3, 4, 5]),
];

const norm = (dims: readonly number[], attributes: Attributes): Case => [
  `BatchNormalization of [${dims}] ${JSON.stringify(attributes)}`,
  {
    range: [0.2, 2],
    tolerance: 1e-5,
    wrt: attributes.training_mode === 1 ? ['x', 'scale', 'bias'] : ['x', 'scale', 'bias', 'mean', 'variance'],
    build(builder) {
      const vectors = ['scale', 'bias', 'mean', 'variance'].map((name) => builder.input(name, 'float32', [dims[1]!]));
      const outputCount = attributes.training_mode === 1 ? 3 : 1;
      return builder.nodeMany('BatchNormalization', [x(builder, dims), ...vectors], attributes, { outputCount })[0]!;
    },
  },
];

const norms: readonly Case[] = [0, 1].flatMap((training_mode) => [
  norm([3, 2, 3, 4], { training_mode }),
  norm([4, 3, 5], { training_mode, epsilon: 0.01, momentum: 0.7 }),
  norm([5, 3], { training_mode }),
]);

const padded = (mode: string, dims: readonly number[], pads: readonly number[]): Case => [
  `Pad of [${dims}] by [${pads}], ${mode}`,
  { opset: 19, build: (builder) => builder.node('Pad', [x(builder, dims), builder.ints(pads)], { mode }) },
];

const pads: readonly Case[] = [
  ...['constant', 'edge', 'reflect', 'wrap'].map((mode) => padded(mode, [1, 2, 4, 5], [0, 0, 1, 2, 0, 0, 2, 1])),
  padded('constant', [2, 4, 5], [0, -1, 2, 0, 1, -2]),
  padded('edge', [4, 3], [1, 0, 1, 2]),
  [
    'Pad on chosen axes with a value',
    {
      opset: 18,
      build: (builder) =>
        builder.node('Pad', [x(builder, [2, 3, 4]), builder.ints([1, 2]), builder.floats(7), builder.ints([-1])]),
    },
  ],
];

const resized = (target: { scales?: readonly number[]; sizes?: readonly number[] }, attributes: Attributes): Case => [
  `Resize ${JSON.stringify(target)} ${JSON.stringify(attributes)}`,
  {
    opset: 18,
    build(builder) {
      const value = x(builder, [1, 2, 4, 6]);
      const inputs =
        target.scales === undefined
          ? [value, '', '', builder.ints(target.sizes!)]
          : [value, '', builder.floats(target.scales)];
      return builder.node('Resize', inputs, attributes);
    },
  },
];

const transformations = ['half_pixel', 'pytorch_half_pixel', 'align_corners', 'asymmetric'];

const resizes: readonly Case[] = transformations.flatMap((coordinate_transformation_mode) => [
  resized({ scales: [1, 1, 2, 2] }, { mode: 'linear', coordinate_transformation_mode }),
  resized({ sizes: [1, 2, 3, 9] }, { mode: 'linear', coordinate_transformation_mode }),
  resized({ scales: [1, 1, 2, 0.5] }, { mode: 'nearest', coordinate_transformation_mode }),
  resized({ sizes: [1, 2, 6, 3] }, { mode: 'nearest', coordinate_transformation_mode, nearest_mode: 'floor' }),
]);

describe.each([
  ['convolutions', convolutions],
  ['pools', pools],
  ['batch normalisation', norms],
  ['padding', pads],
  ['resizing', resizes],
])('gradients of operators: %s', (_, cases) => {
  it.each(cases)('%s', (_name, check) => checkGradient(check));
});
