import type { NetworkBuilder } from '../../layers/network-builder.js';
import { around, type Case, conformance } from './check.test-support.js';

type Operator = (network: NetworkBuilder, input: string) => string;

const reshapes: readonly (readonly [string, Operator])[] = [
  ['Reshape', (n, x) => n.graph.node('Reshape', [x, n.graph.ints([0, -1])])],
  ['Transpose', (n, x) => n.graph.node('Transpose', [x], { perm: [0, 2, 3, 1] })],
  ['Concat over channels', (n, x) => n.graph.node('Concat', [x, n.relu(x), x], { axis: 1 })],
  ['Slice', (n, x) => n.graph.node('Slice', [x, ...[[1], [3], [2]].map((value) => n.graph.ints(value))])],
  ['Split', (n, x) => n.add(...(n.graph.nodeMany('Split', [x], { axis: 1 }, { outputCount: 2 }) as [string, string]))],
  ['Pad', (n, x) => n.graph.node('Pad', [x, n.graph.ints([0, 0, 1, 0, 0, 0, 0, 2])])],
  [
    'Squeeze and Unsqueeze',
    (n, x) => n.graph.node('Squeeze', [n.graph.node('Unsqueeze', [x, n.graph.ints([1])]), n.graph.ints([1])]),
  ],
  ['Expand', (n, x) => n.add(x, n.graph.node('Expand', [n.weight('w', [1, 4, 1, 1], {}), n.graph.ints([1, 4, 6, 5])]))],
  [
    'Resize to twice the size',
    (n, x) =>
      n.graph.node('Resize', [x, '', n.graph.floats([1, 1, 2, 2])], {
        mode: 'nearest',
        nearest_mode: 'floor',
        coordinate_transformation_mode: 'asymmetric',
      }),
  ],
];

const reductions: readonly (readonly [string, Operator])[] = [
  ['ReduceMean without keeping axes', (n, x) => n.graph.node('ReduceMean', [x], { axes: [2, 3], keepdims: 0 })],
  ['ReduceMean over channels', (n, x) => n.graph.node('ReduceMean', [x], { axes: [1], keepdims: 1 })],
  ['ReduceSum', (n, x) => n.graph.node('ReduceSum', [x, n.graph.ints([2])], { keepdims: 0 })],
  ['ReduceMax', (n, x) => n.graph.node('ReduceMax', [x], { axes: [3], keepdims: 0 })],
];

const flat = (n: NetworkBuilder, x: string): string => n.flatten(n.maxPool(x));

const products: readonly (readonly [string, Operator])[] = [
  [
    'MatMul and a broadcast Add',
    (n, x) => {
      const product = n.graph.node('MatMul', [flat(n, x), n.weight('m/kernel', [24, 5], {})]);
      const bias = { dtype: 'float32', dims: [5], data: new Float32Array(5) } as const;
      return n.graph.node('Add', [product, n.trained('m/bias', bias)]);
    },
  ],
  [
    'Gemm with transposed weights',
    (n, x) => n.relu(n.graph.node('Gemm', [flat(n, x), n.weight('m/kernel', [5, 24], {})], { transB: 1 })),
  ],
  [
    'Gemm with factors',
    (n, x) => {
      const inputs = [flat(n, x), n.weight('m/kernel', [24, 5], {}), n.weight('m/bias', [1, 5], {})];
      return n.graph.node('Gemm', inputs, { alpha: { float: 0.5 }, beta: { float: 2 } });
    },
  ],
  ['two dense layers', (n, x) => n.dense(n.relu(n.dense(flat(n, x), 7, { name: 'a' })), 6, { name: 'b' })],
  [
    'MatMul of two computed values',
    (n, x) => n.graph.node('MatMul', [x, n.graph.node('Transpose', [n.relu(x)], { perm: [0, 1, 3, 2] })]),
  ],
];

const graphs: readonly (readonly [string, Operator])[] = [
  [
    'a residual Add and Relu',
    (n, x) => n.relu(n.add(x, n.convolution(x, { name: 'c', filters: 4, kernel: 3, padding: 'same' }))),
  ],
  ['a value used three times', (n, x) => n.add(n.add(x, n.relu(x)), n.graph.node('Tanh', [x]))],
  [
    'operators without a primitive between two that have one',
    (n, x) =>
      n.relu(
        n.convolution(n.graph.node('Softplus', [n.graph.node('Mul', [x, n.graph.floats(3)])]), {
          name: 'c',
          filters: 3,
          kernel: 3,
        }),
      ),
  ],
  [
    'a branch that is not trained',
    (n, x) => {
      const frozen = n.graph.constant('frozen', {
        dtype: 'float32',
        dims: [4, 4, 1, 1],
        data: Float32Array.from({ length: 16 }, (_, i) => Math.cos(i)),
      });
      return n.add(x, n.graph.node('Conv', [x, frozen], { kernel_shape: [1, 1] }));
    },
  ],
];

const norms: readonly (readonly [string, Operator])[] = [
  ['batch normalisation', (n, x) => n.batchNorm(x, 'norm')],
  // Behind a normalisation a function is a step of its own, on channels that do not fill a block.
  [
    'batch normalisation and Clip',
    (n, x) => n.graph.node('Clip', [n.batchNorm(x, 'norm'), n.graph.floats(-0.5), n.graph.floats(1)]),
  ],
  ['batch normalisation and Tanh', (n, x) => n.graph.node('Tanh', [n.batchNorm(x, 'norm')])],
  ['batch normalisation and Relu', (n, x) => n.relu(n.batchNorm(x, 'norm'))],
  ['batch normalisation of features', (n, x) => n.batchNorm(n.dense(flat(n, x), 6, { name: 'd' }), 'norm')],
  [
    'frozen batch normalisation',
    (n, x) => {
      const vector = (name: string, of: (i: number) => number) =>
        n.graph.constant(name, {
          dtype: 'float32',
          dims: [4],
          data: Float32Array.from({ length: 4 }, (_, i) => of(i)),
        });
      const vectors = [
        vector('s', (i) => 1 + i / 4),
        vector('b', (i) => i / 8),
        vector('m', (i) => i / 16),
        vector('v', (i) => 0.5 + i / 8),
      ];
      return n.relu(n.graph.node('BatchNormalization', [x, ...vectors], { epsilon: { float: 1e-3 } }));
    },
  ],
];

const essential = ['batch normalisation and Relu', 'MatMul and a broadcast Add', 'Resize to twice the size'];

function cases(operators: readonly (readonly [string, Operator])[], count = 4, bias = true): readonly Case[] {
  return operators.map(([name, operator]) => ({
    name,
    count,
    essential: essential.includes(name),
    model: around(operator, { height: 6, width: 5, bias }),
  }));
}

conformance('shapes', cases(reshapes));
conformance('reductions', cases(reductions));
conformance('products', cases(products));
conformance('batch normalisation', cases(norms, 6, false));
conformance('graphs', cases(graphs));
