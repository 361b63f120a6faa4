import type { Attributes } from '../../graph/types.js';
import type { NetworkBuilder } from '../../layers/network-builder.js';
import { around, type Case, conformance } from './check.test-support.js';

type Operator = (network: NetworkBuilder, input: string) => string;

const area = { height: 6, width: 5 };

/** Trained, and not alike. */
function vector(n: NetworkBuilder, name: string, dims: readonly number[], level: number): string {
  const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => level + Math.sin(3 * i) / 5);
  return n.trained(name, { dtype: 'float32', dims, data });
}

const unary =
  (opType: string, attributes: Attributes = {}): Operator =>
  (n, x) =>
    n.graph.node(opType, [n.graph.node('Mul', [x, n.graph.floats(4)])], attributes);

const norm =
  (opType: string, entries: number | readonly number[], attributes: Attributes = {}): Operator =>
  (n, x) => {
    const dims = typeof entries === 'number' ? [entries] : entries;
    const vectors = [vector(n, 'norm/scale', dims, 1), vector(n, 'norm/shift', dims, 0)];
    return n.graph.node(opType, [x, ...vectors], attributes);
  };

const activations: readonly (readonly [string, Operator, number?])[] = [
  ['Elu', unary('Elu', { alpha: 0.7 })],
  ['Selu', unary('Selu')],
  ['Celu', unary('Celu', { alpha: { float: 2 } })],
  ['Softsign', unary('Softsign')],
  ['Mish', unary('Mish'), 18],
  ['ThresholdedRelu', unary('ThresholdedRelu', { alpha: 0.3 })],
  ['Gelu', unary('Gelu'), 20],
  ['Gelu by tanh', unary('Gelu', { approximate: 'tanh' }), 20],
  ['HardSigmoid', unary('HardSigmoid', { alpha: 0.3 })],
  ['HardSwish', unary('HardSwish')],
  ['Sin and Cos', (n, x) => n.add(unary('Sin')(n, x), unary('Cos')(n, x))],
  ['PRelu by channel', (n, x) => n.graph.node('PRelu', [x, vector(n, 'slope', [4, 1, 1], 0.25)])],
  ['PRelu with one slope', (n, x) => n.graph.node('PRelu', [x, vector(n, 'slope', [1], 0.25)])],
  ['Mod of floats', (n, x) => n.graph.node('Mod', [unary('Tanh')(n, x), n.graph.floats(0.3)], { fmod: 1 })],
];

const norms: readonly (readonly [string, Operator, number?])[] = [
  ['LayerNormalization over the last axis', norm('LayerNormalization', 5)],
  ['LayerNormalization over places', norm('LayerNormalization', [6, 5], { axis: 2, epsilon: 1e-3 })],
  [
    'LayerNormalization over channels, as ConvNeXt has it',
    (n, x) => {
      const last = n.graph.node('Transpose', [x], { perm: [0, 2, 3, 1] });
      return n.graph.node('Transpose', [norm('LayerNormalization', 4)(n, last)], { perm: [0, 3, 1, 2] });
    },
  ],
  ['InstanceNormalization', norm('InstanceNormalization', 4)],
  ['GroupNormalization by channel', norm('GroupNormalization', 4, { num_groups: 2 }), 21],
  ['GroupNormalization by group', norm('GroupNormalization', 2, { num_groups: 2 }), 18],
  [
    'LRN',
    (n, x) => n.graph.node('LRN', [x], { size: 3, alpha: { float: 0.5 }, beta: { float: 0.75 }, bias: { float: 1 } }),
  ],
];

const layout: readonly (readonly [string, Operator, number?])[] = [
  [
    'Resize by scales that are put together',
    (n, x) => {
      const scales = n.graph.node('Concat', [n.graph.floats([1, 1]), n.graph.floats([2, 2])], { axis: 0 });
      const mode = { mode: 'linear', coordinate_transformation_mode: 'half_pixel' };
      return n.graph.node('Resize', [n.graph.node('Softsign', [x]), '', scales], mode);
    },
  ],
  ['DepthToSpace', (n, x) => n.graph.node('DepthToSpace', [x], { blocksize: 2 })],
  ['DepthToSpace as a pixel shuffle', (n, x) => n.graph.node('DepthToSpace', [x], { blocksize: 2, mode: 'CRD' })],
  [
    'SpaceToDepth',
    (n, x) =>
      n.graph.node('SpaceToDepth', [n.graph.node('Pad', [x, n.graph.ints([0, 0, 0, 0, 0, 0, 0, 1])])], {
        blocksize: 2,
      }),
  ],
  ['Tile', (n, x) => n.graph.node('Tile', [x, n.graph.ints([1, 2, 1, 1])])],
  ['Einsum', (n, x) => n.graph.node('Einsum', [x, vector(n, 'mix', [4, 3], 0)], { equation: 'bchw,cd->bdhw' })],
  ['Trilu', (n, x) => n.graph.node('Trilu', [x])],
  ['CumSum', (n, x) => n.graph.node('CumSum', [x, n.graph.ints(2)])],
  [
    'Slice with steps',
    (n, x) =>
      n.graph.node('Slice', [
        x,
        n.graph.ints([5, 0]),
        n.graph.ints([-7, 5]),
        n.graph.ints([2, 3]),
        n.graph.ints([-2, 2]),
      ]),
  ],
  [
    'a table that is looked up',
    (n, x) => {
      const places = n.graph.ints([0, 3, 1, 1, 2], [5]);
      return n.add(x, n.graph.node('Gather', [vector(n, 'table', [4], 0), places]));
    },
  ],
  [
    'a mask that is written into zeros',
    (n, x) => {
      const { graph } = n;
      const zeros = graph.node('ConstantOfShape', [graph.ints([6, 5])]);
      const rows = graph.constant('rows', { dtype: 'float32', dims: [2, 5], data: new Float32Array(10).fill(1) });
      const marked = graph.node('ScatterND', [zeros, graph.ints([1, 4], [2, 1]), rows]);
      const isZero = graph.node('Equal', [marked, graph.floats(0)]);
      return n.add(x, graph.node('Where', [isZero, graph.floats(0), graph.floats(-3)]));
    },
  ],
  [
    'GatherElements',
    (n, x) =>
      n.graph.node(
        'GatherElements',
        [n.flatten(x), n.graph.node('Expand', [n.graph.ints([7, 0, 7], [1, 3]), n.graph.ints([4, 3])])],
        { axis: 1 },
      ),
  ],
  [
    'GatherND',
    (n, x) =>
      n.graph.node('Flatten', [
        n.graph.node(
          'Transpose',
          [
            n.graph.node('GatherND', [
              n.graph.node('Transpose', [x], { perm: [1, 2, 3, 0] }),
              n.graph.ints([0, 1, 3, 2], [2, 2]),
            ]),
          ],
          { perm: [2, 0, 1] },
        ),
      ]),
  ],
  [
    'lengths of channels',
    (n, x) =>
      n.graph.node('Div', [
        x,
        n.graph.node('Max', [n.graph.node('ReduceL2', [x], { axes: [1] }), n.graph.floats(0.01)]),
      ]),
  ],
];

const cases = (
  list: readonly (readonly [string, Operator, number?])[],
  more: Partial<Case> = {},
  bias = true,
): readonly Case[] =>
  list.map(([name, operator, opset = 17]) => ({
    name,
    count: 4,
    ...more,
    model: around(operator, { ...area, opset, bias }),
  }));

conformance('activations of imported networks', cases(activations));
conformance('normalisation of imported networks', cases(norms, { leniencyInBfloat16: 3 }, false));
conformance('layout of imported networks', cases(layout));
