import { describe, it } from 'vitest';
import { checkForward, checkGradient, type GradientCheck } from '../../test/check-gradient.js';
import type { GraphBuilder } from '../builder/builder.js';
import type { Attributes } from '../graph/types.js';

type Case = readonly [name: string, check: GradientCheck];

const x = (builder: GraphBuilder, dims: readonly number[]) => builder.input('x', 'float32', dims);

const unary = (opType: string, attributes: Attributes = {}, dims: readonly number[] = [3, 4], opset = 17): Case => [
  `${opType} ${JSON.stringify(attributes)} of [${dims}]`,
  { opset, range: [-4, 4], build: (builder) => builder.node(opType, [x(builder, dims)], attributes) },
];

const activations: readonly Case[] = [
  unary('Elu'),
  unary('Elu', { alpha: 0.4 }),
  unary('Selu'),
  unary('Selu', { alpha: 1.2, gamma: 0.9 }),
  unary('Celu'),
  unary('Celu', { alpha: { float: 2 } }),
  unary('Softsign'),
  unary('Mish', {}, [3, 4], 18),
  unary('ThresholdedRelu', { alpha: 0.7 }),
  unary('Gelu', {}, [3, 4], 20),
  unary('Gelu', { approximate: 'tanh' }, [3, 4], 20),
  unary('HardSigmoid'),
  unary('HardSigmoid', { alpha: 0.3, beta: 0.4 }),
  unary('HardSwish'),
  unary('Sin'),
  unary('Cos'),
  ...([[3, 4], [4], [1], [3, 1], []] as const).map(
    (slope): Case => [
      `PRelu with slopes [${slope}]`,
      { build: (b) => b.node('PRelu', [x(b, [2, 3, 4]), b.input('slope', 'float32', slope)]) },
    ],
  ),
];

const norm = (
  opType: string,
  dims: readonly number[],
  entries: readonly number[],
  attributes: Attributes,
  opset = 17,
): Case => [
  `${opType} of [${dims}] with [${entries}] ${JSON.stringify(attributes)}, operator set ${opset}`,
  {
    opset,
    tolerance: 1e-5,
    build: (b) =>
      b.node(
        opType,
        [x(b, dims), b.input('scale', 'float32', entries), b.input('shift', 'float32', entries)],
        attributes,
      ),
  },
];

const norms: readonly Case[] = [
  norm('LayerNormalization', [2, 3, 5], [5], {}),
  norm('LayerNormalization', [2, 3, 5], [3, 5], { axis: 1 }),
  norm('LayerNormalization', [4, 5], [5], { axis: -1, epsilon: 0.01 }),
  norm('LayerNormalization', [2, 3, 4, 5], [4, 5], { axis: -2 }, 18),
  [
    'LayerNormalization without a shift',
    { tolerance: 1e-5, build: (b) => b.node('LayerNormalization', [x(b, [3, 6]), b.input('scale', 'float32', [6])]) },
  ],
  norm('InstanceNormalization', [2, 3, 4, 5], [3], {}),
  norm('InstanceNormalization', [2, 3, 7], [3], { epsilon: 0.01 }),
  norm('GroupNormalization', [2, 6, 3, 2], [6], { num_groups: 3 }, 21),
  norm('GroupNormalization', [2, 6, 5], [6], { num_groups: 2, epsilon: 0.01 }, 21),
  norm('GroupNormalization', [2, 4, 3, 2], [4], { num_groups: 4 }, 21),
  norm('GroupNormalization', [2, 4, 3, 2], [4], { num_groups: 1 }, 21),
  norm('GroupNormalization', [2, 6, 3, 2], [3], { num_groups: 3 }, 18),
  ...[1, 3, 5, 7].map(
    (size): Case => [
      `LRN over ${size} channels`,
      {
        build: (b) =>
          b.node('LRN', [x(b, [2, 6, 3, 2])], {
            size,
            alpha: { float: 0.3 },
            beta: { float: 0.6 },
            bias: { float: 1.5 },
          }),
      },
    ],
  ),
];

const reductions: readonly Case[] = ['ReduceL1', 'ReduceL2', 'ReduceSumSquare', 'ReduceLogSumExp'].flatMap((opType) => [
  unary(opType, { axes: [1], keepdims: 1 }, [2, 3, 4]),
  unary(opType, { axes: [0, -1], keepdims: 0 }, [2, 3, 4]),
  unary(opType, {}, [2, 3]),
]);

const ints = (b: GraphBuilder, dims: readonly number[], values: readonly number[]) => b.ints(values, dims);

const layout: readonly Case[] = [
  ...['DCR', 'CRD'].map((mode) => unary('DepthToSpace', { blocksize: 2, mode }, [2, 8, 2, 3])),
  unary('DepthToSpace', { blocksize: 3, mode: 'CRD' }, [1, 9, 2, 2]),
  unary('SpaceToDepth', { blocksize: 2 }, [2, 2, 4, 6]),
  ['Tile', { build: (b) => b.node('Tile', [x(b, [2, 3]), b.ints([2, 3])]) }],
  ['Tile of one axis', { build: (b) => b.node('Tile', [x(b, [1, 2, 2]), b.ints([3, 1, 2])]) }],
  ['Trilu', { build: (b) => b.node('Trilu', [x(b, [2, 3, 4])]) }],
  ['Trilu below', { build: (b) => b.node('Trilu', [x(b, [3, 3]), b.ints(-1)], { upper: 0 }) }],
  ...[{}, { exclusive: 1 }, { reverse: 1 }, { exclusive: 1, reverse: 1 }].map(
    (attributes): Case => [
      `CumSum ${JSON.stringify(attributes)}`,
      { build: (b) => b.node('CumSum', [x(b, [2, 4]), b.ints(1)], attributes) },
    ],
  ),
  [
    'GatherElements with a place taken twice',
    { build: (b) => b.node('GatherElements', [x(b, [3, 4]), ints(b, [2, 4], [0, 2, 1, 0, -1, 2, 2, 0])], { axis: 0 }) },
  ],
  [
    'GatherND of slices, one twice',
    { build: (b) => b.node('GatherND', [x(b, [3, 2, 4]), ints(b, [3, 2], [0, 1, 2, 0, 0, 1])]) },
  ],
  ...(['none', 'add'] as const).map(
    (reduction): Case => [
      `ScatterND, ${reduction}`,
      {
        build: (b) =>
          b.node('ScatterND', [x(b, [4, 3]), ints(b, [2, 1], [2, 0]), b.input('updates', 'float32', [2, 3])], {
            reduction,
          }),
      },
    ],
  ),
  [
    'Slice with steps, backwards',
    {
      build: (b) => b.node('Slice', [x(b, [5, 6]), b.ints([4, 1]), b.ints([-6, 6]), b.ints([0, 1]), b.ints([-2, 2])]),
    },
  ],
  [
    'a roll by Slice and Concat',
    {
      build(b) {
        const value = x(b, [2, 5]);
        const part = (from: number, to: number) => b.node('Slice', [value, b.ints([from]), b.ints([to]), b.ints([1])]);
        return b.node('Concat', [part(3, 5), part(0, 3)], { axis: 1 });
      },
    },
  ],
  ['CastLike of a float', { build: (b) => b.node('CastLike', [x(b, [3]), b.floats(0)]) }],
  [
    'Mean of several',
    { build: (b) => b.node('Mean', [x(b, [2, 3]), b.input('b', 'float32', [3]), b.input('c', 'float32', [])]) },
  ],
  [
    'Mod of floats',
    {
      values: { x: [1.3, 7.6, -4.4, 5.2], b: [2.5, 3.1] },
      build: (b) => b.node('Mod', [x(b, [2, 2]), b.input('b', 'float32', [2])], { fmod: 1 }),
    },
  ],
];

const einsums: readonly Case[] = [
  [
    'bij,bjk->bik',
    [
      [2, 3, 4],
      [2, 4, 2],
    ],
  ],
  [
    'bhid,bhjd->bhij',
    [
      [1, 2, 3, 4],
      [1, 2, 2, 4],
    ],
  ],
  [
    'bchw,cd->bdhw',
    [
      [2, 3, 2, 2],
      [3, 4],
    ],
  ],
  ['ij->ji', [[2, 3]]],
  ['ij->i', [[2, 3]]],
  ['i,j->ij', [[2], [3]]],
  [
    'ij,jk->ik',
    [
      [2, 3],
      [3, 2],
    ],
  ],
  [
    'abc,ad,bd->c',
    [
      [2, 3, 2],
      [2, 2],
      [3, 2],
    ],
  ],
].map(
  ([equation, shapes]): Case => [
    `Einsum ${equation}`,
    {
      build: (b) =>
        b.node(
          'Einsum',
          (shapes as number[][]).map((dims, i) => b.input(`in${i}`, 'float32', dims)),
          {
            equation: equation as string,
          },
        ),
    },
  ],
);

const forward: readonly Case[] = [
  ['Range of whole numbers', { build: (b) => b.node('Range', [b.ints(2), b.ints(9), b.ints(3)]) }],
  ['Range of floats', { build: (b) => b.node('Range', [b.floats(1), b.floats(-1), b.floats(-0.5)]) }],
  ['Size', { build: (b) => b.node('Size', [x(b, [2, 3, 4])]) }],
  ['IsNaN', { build: (b) => b.node('IsNaN', [b.node('Log', [x(b, [6])])]) }],
  ['Mod of whole numbers', { build: (b) => b.node('Mod', [b.ints([7, -7, 7, -7]), b.ints([3, 3, -3, -3])]) }],
];

describe.each([
  ['activations', activations],
  ['normalisation', norms],
  ['reductions', reductions],
  ['layout', layout],
  ['Einsum', einsums],
])('gradients of operators of imported networks: %s', (_, cases) => {
  it.each(cases)('%s', (_name, check) => checkGradient(check));
});

describe('what operators of imported networks compute', () => {
  it.each(forward)('%s', async (_, check) => {
    await checkForward(check);
  });
});
