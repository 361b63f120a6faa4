import { describe, it } from 'vitest';
import { checkForward, checkGradient, type GradientCheck } from '../../../test/check-gradient.js';
import type { GraphBuilder } from '../../builder/builder.js';
import { intTensor } from '../../graph/tensor.js';
import type { Attributes, DType } from '../../graph/types.js';

type Case = readonly [name: string, check: GradientCheck];

const x = (builder: GraphBuilder, dims: readonly number[], dtype: DType = 'float32') => builder.input('x', dtype, dims);
const unary = (
  opType: string,
  dims: readonly number[],
  more: Partial<GradientCheck> = {},
  attributes: Attributes = {},
) =>
  [
    `${opType} ${JSON.stringify(attributes)} of [${dims}]${more.opset === undefined ? '' : ` in operator set ${more.opset}`}`,
    { ...more, build: (builder) => builder.node(opType, [x(builder, dims)], attributes) },
  ] satisfies Case;

const binary = (
  opType: string,
  a: readonly number[],
  b: readonly number[],
  more: Partial<GradientCheck> = {},
  attributes: Attributes = {},
) =>
  [
    `${opType} ${JSON.stringify(attributes)} of [${a}] and [${b}]`,
    {
      ...more,
      build: (builder) =>
        builder.node(opType, [builder.input('a', 'float32', a), builder.input('b', 'float32', b)], attributes),
    },
  ] satisfies Case;

const positive = { range: [0.3, 3] } as const;

const elementwise: readonly Case[] = [
  ...['Abs', 'Erf', 'Exp', 'Identity', 'LeakyRelu', 'Neg', 'Relu', 'Sigmoid', 'Softplus', 'Tanh'].flatMap((opType) => [
    unary(opType, [2, 3]),
    unary(opType, []),
  ]),
  ...['Log', 'Reciprocal', 'Sqrt'].map((opType) => unary(opType, [2, 3], positive)),
  unary('LeakyRelu', [3, 5], {}, { alpha: 0.3 }),
  [
    'Clip with inputs',
    { build: (builder) => builder.node('Clip', [x(builder, [4, 4]), builder.floats(-0.5), builder.floats(1)]) },
  ],
  [
    'Clip without a lower end',
    { build: (builder) => builder.node('Clip', [x(builder, [4, 4]), '', builder.floats(1)]) },
  ],
  ...[0, 1, -1].map((axis) => unary('Softmax', [3, 4], {}, { axis })),
  ...[0, 1, -1].map((axis) => unary('LogSoftmax', [3, 4], {}, { axis })),
  [
    'Cast to float64 and back',
    { build: (builder) => builder.node('Cast', [builder.node('Cast', [x(builder, [3])], { to: 11 })], { to: 1 }) },
  ],
  ['Dropout while predicting', { build: (builder) => builder.node('Dropout', [x(builder, [3]), builder.floats(0.4)]) }],
  [
    'Where',
    {
      values: { a: [1, 2, 3, 4], b: [2.25, 2.5, 0.75], c: [1, 5, 3] },
      build(builder) {
        const a = builder.input('a', 'float32', [4, 1]);
        const b = builder.input('b', 'float32', [3]);
        const c = builder.input('c', 'float32', [1, 3]);
        return builder.node('Where', [builder.node('Greater', [a, b]), b, c]);
      },
      wrt: ['b', 'c'],
    },
  ],
];

const shapePairs: readonly (readonly [readonly number[], readonly number[]])[] = [
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3]],
  [[3], [2, 3]],
  [
    [2, 1, 3],
    [4, 1],
  ],
  [[2, 3], []],
  [
    [1, 3, 1, 1],
    [2, 3, 2, 2],
  ],
  [[1], [1, 1]],
];

const broadcasting: readonly Case[] = [
  ...['Add', 'Sub', 'Mul', 'Max', 'Min'].flatMap((opType) => shapePairs.map(([a, b]) => binary(opType, a, b))),
  ...['Div', 'Pow'].flatMap((opType) => shapePairs.map(([a, b]) => binary(opType, a, b, positive))),
  ...[0, 1, 2, 3, 0.5, -1].map(
    (exponent): Case => [
      `Pow with the constant exponent ${exponent}`,
      {
        ...positive,
        build: (builder) => {
          const a = x(builder, [2, 3]);
          return [builder.node('Pow', [a, builder.floats(exponent)]), builder.node('Neg', [a])];
        },
      },
    ],
  ),
  [
    'Max of three',
    {
      build: (builder) =>
        builder.node('Max', [
          builder.input('a', 'float32', [2, 3]),
          builder.input('b', 'float32', [3]),
          builder.input('c', 'float32', [2, 1]),
        ]),
    },
  ],
  [
    'Sum of three, one of them twice',
    {
      build(builder) {
        const a = builder.input('a', 'float32', [2, 3]);
        return builder.node('Sum', [a, builder.input('b', 'float32', [3]), a]);
      },
    },
  ],
];

const linear: readonly Case[] = [
  ...[0, 1].flatMap((transA) =>
    [0, 1].flatMap((transB) =>
      [['none'], [4], [3, 1], []].map((c): Case => {
        return [
          `Gemm transA ${transA} transB ${transB} C [${c}]`,
          {
            build(builder) {
              const a = builder.input('a', 'float32', transA ? [2, 3] : [3, 2]);
              const b = builder.input('b', 'float32', transB ? [4, 2] : [2, 4]);
              const inputs = c[0] === 'none' ? [a, b] : [a, b, builder.input('c', 'float32', c as number[])];
              return builder.node('Gemm', inputs, { alpha: { float: 0.5 }, beta: { float: 2 }, transA, transB });
            },
          },
        ];
      }),
    ),
  ),
  binary('MatMul', [3, 2], [2, 4]),
  binary('MatMul', [5, 3, 2], [2, 4]),
  binary('MatMul', [2, 3, 2, 2], [2, 5]),
  binary('MatMul', [2, 3, 2], [2, 2, 4]),
  binary('MatMul', [3, 2], [5, 2, 4]),
  binary('MatMul', [2, 1, 3, 2], [4, 2, 3]),
  binary('MatMul', [2], [2]),
  binary('MatMul', [2], [2, 4]),
  binary('MatMul', [3, 2], [2]),
  binary('MatMul', [2], [5, 2, 4]),
  binary('MatMul', [5, 3, 2], [2]),
  ...[0, 1].flatMap((transA) =>
    [0, 1].map((transB): Case => {
      return [
        `FusedMatMul transA ${transA} transB ${transB}`,
        {
          build(builder) {
            const a = builder.input('a', 'float32', transA ? [2, 2, 3] : [2, 3, 2]);
            const b = builder.input('b', 'float32', transB ? [4, 2] : [2, 4]);
            const attributes = { alpha: { float: 0.5 }, transA, transB };
            return builder.node('FusedMatMul', [a, b], attributes, { domain: 'com.microsoft' });
          },
        },
      ];
    }),
  ),
];

const gathered = (dims: readonly number[], axis: number, at: readonly number[], indices: readonly number[]): Case => [
  `Gather [${indices}] as [${at}] along axis ${axis} of [${dims}]`,
  {
    build: (builder) =>
      builder.node('Gather', [x(builder, dims), builder.constant('places', intTensor(at, indices))], { axis }),
  },
];

const sliced = (...ranges: readonly (readonly [axis: number, start: number, end: number, step: number])[]): Case => [
  `Slice of [4, 7] by axis, start, end, step ${JSON.stringify(ranges)}`,
  {
    build(builder) {
      const column = (i: number) => builder.ints(ranges.map((range) => range[i]!));
      return builder.node('Slice', [x(builder, [4, 7]), column(1), column(2), column(0), column(3)]);
    },
  },
];

const reshaped = (from: readonly number[], to: readonly number[], attributes: Attributes = {}): Case => [
  `Reshape of [${from}] to [${to}]`,
  { build: (builder) => builder.node('Reshape', [x(builder, from), builder.ints(to)], attributes) },
];

const layout: readonly Case[] = [
  ...[0, 1, 2, 3, -1].map((axis) => unary('Flatten', [2, 3, 4], {}, { axis })),
  reshaped([2, 6], [3, 4]),
  reshaped([2, 6], [0, 2, -1]),
  reshaped([2, 6], [-1]),
  reshaped([1], []),
  unary('Transpose', [2, 3, 4]),
  unary('Transpose', [2, 3, 4], {}, { perm: [1, 2, 0] }),
  unary('Squeeze', [1, 3, 1]),
  ['Squeeze with axes', { build: (builder) => builder.node('Squeeze', [x(builder, [1, 3, 1]), builder.ints([0])]) }],
  ['Unsqueeze', { build: (builder) => builder.node('Unsqueeze', [x(builder, [2, 3]), builder.ints([0, -1])]) }],
  binary('Concat', [2, 3], [4, 3], {}, { axis: 0 }),
  binary('Concat', [2, 3], [2, 1], {}, { axis: -1 }),
  [
    'Concat of a value with itself',
    {
      build(builder) {
        const a = x(builder, [2, 2]);
        return builder.node('Concat', [a, a, a], { axis: 1 });
      },
    },
  ],
  sliced([1, 2, 5, 1]),
  sliced([0, 1, 100, 1], [1, -3, -1, 1]),
  sliced([1, 1, 7, 3]),
  sliced([1, 0, 7, 2], [0, 0, 4, 3]),
  sliced([1, -1, -100, -2]),
  sliced([1, 5, 0, -1], [0, 3, 0, -3]),
  sliced([0, 0, 4, 1]),
  [
    'Split into given sizes',
    {
      build: (builder) =>
        builder.nodeMany('Split', [x(builder, [2, 6]), builder.ints([1, 3, 2])], { axis: 1 }, { outputCount: 3 }),
    },
  ],
  [
    'Split of which one part is used',
    {
      build: (builder) => builder.nodeMany('Split', [x(builder, [6, 2])], { axis: 0 }, { outputCount: 3 })[1]!,
    },
  ],
  gathered([5, 3], 0, [2, 2], [4, 0, 4, -1]),
  gathered([2, 5], 1, [3], [1, 1, 3]),
  gathered([2, 4, 3], 1, [], [2]),
  ['Expand', { build: (builder) => builder.node('Expand', [x(builder, [3, 1]), builder.ints([2, 1, 4])]) }],
  ['Expand of a scalar', { build: (builder) => builder.node('Expand', [x(builder, []), builder.ints([2, 2])]) }],
];

const reductionTypes = ['ReduceMax', 'ReduceMean', 'ReduceMin', 'ReduceSum'];

const reductions: readonly Case[] = reductionTypes.flatMap((opType) => [
  unary(opType, [2, 3], {}, { keepdims: 0 }),
  unary(opType, [], {}),
  [
    `${opType} with its axes as an input`,
    {
      opset: 18,
      build: (builder) => builder.node(opType, [x(builder, [2, 3, 4]), builder.ints([0, 2])], { keepdims: 0 }),
    },
  ],
  [
    `${opType} over no axes`,
    {
      opset: 18,
      build: (builder) => builder.node(opType, [x(builder, [2, 3])], { noop_with_empty_axes: 1 }),
    },
  ],
]);

const olderForms: readonly Case[] = [
  unary('Clip', [4, 4], { opset: 10 }, { min: -0.5, max: 1 }),
  unary('Softmax', [2, 3, 4], { opset: 11 }, { axis: 1 }),
  unary('LogSoftmax', [2, 3, 4], { opset: 11 }),
  unary('Squeeze', [1, 3, 1], { opset: 11 }, { axes: [-1] }),
  unary('Unsqueeze', [2, 3], { opset: 11 }, { axes: [1] }),
  unary('Slice', [4, 5], { opset: 9 }, { axes: [1], starts: [1], ends: [-1] }),
  unary('Dropout', [3], { opset: 10 }, { ratio: 0.3 }),
  ...reductionTypes.map((opType) => unary(opType, [2, 3, 4], { opset: 11 }, { axes: [0, -1] })),
  ...reductionTypes.map((opType) => unary(opType, [2, 3, 4], { opset: 11 }, { axes: [1], keepdims: 0 })),
];

const comparison = (opType: string): Case => [
  opType,
  {
    values: { a: [1, 2, 3, 4, 5, 6], b: [3, 2, 3] },
    build: (builder) =>
      builder.node(opType, [builder.input('a', 'float32', [2, 3]), builder.input('b', 'float32', [3])]),
  },
];
const logic = (opType: string): Case => [
  opType,
  {
    values: { a: [1, 0], b: [1, 1, 0, 0] },
    build: (builder) => builder.node(opType, [builder.input('a', 'bool', [2]), builder.input('b', 'bool', [2, 2])]),
  },
];

const withoutGradient: readonly Case[] = [
  ...['Ceil', 'Floor', 'Round', 'Sign'].map((opType) => unary(opType, [3, 4])),
  ...['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual'].map(comparison),
  ...['And', 'Or', 'Xor'].map(logic),
  ['Not', { values: { x: [1, 0] }, build: (builder) => builder.node('Not', [x(builder, [2], 'bool')]) }],
  ['Shape', { build: (builder) => builder.node('Shape', [x(builder, [2, 3, 4])], { start: 1, end: -1 }) }],
  ['ConstantOfShape', { build: (builder) => builder.node('ConstantOfShape', [builder.ints([2, 3])]) }],
];

describe.each([
  ['older forms', olderForms],
  ['without a gradient', withoutGradient],
])('what operators compute: %s', (_, cases) => {
  it.each(cases)('%s', async (_name, check) => {
    await checkForward(check);
  });
});

describe.each([
  ['element by element', elementwise],
  ['with broadcasting', broadcasting],
  ['matrices', linear],
  ['layout', layout],
  ['reductions', reductions],
])('gradients of operators: %s', (_, cases) => {
  it.each(cases)('%s', (_name, check) => checkGradient(check));
});
