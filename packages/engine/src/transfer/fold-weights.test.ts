import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { interpret } from '../../test/interpreter/interpret.js';
import { GraphBuilder } from '../builder/builder.js';
import { tensorOf } from '../graph/tensor.js';
import type { Attributes, DType, Graph, Tensor } from '../graph/types.js';
import { prepareTransfer } from '../presets/prepare-transfer.js';
import { inlineAliases } from './aliases.js';
import { foldWeights } from './fold-weights.js';
import type { WeightsFile } from './weights-file.js';

const side = 8;

function random(dims: readonly number[], dtype: DType = 'float32'): Tensor {
  const generator = new Random(dims.join());
  return tensorOf(
    dtype,
    dims,
    Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => generator.normal() / 3),
  );
}

/** Features of a picture, and what `write` makes of them. */
function network(write: (builder: GraphBuilder, x: string) => string): Graph {
  const builder = new GraphBuilder('network', 17);
  const x = builder.input('picture', 'float32', ['batch', 3, side, side]);
  const map = builder.node('Conv', [x, builder.constant('conv.weight', random([4, 3, 3, 3]))]);
  const flat = builder.node('Flatten', [builder.node('GlobalAveragePool', [map])]);
  const features = builder.node('Identity', [write(builder, flat)], {}, { outputs: ['features'] });
  builder.output(features);
  return builder.build();
}

const imported = (graph: Graph) => {
  const model = { graph, opsets: new Map([['', 17]]), irVersion: 8, producer: '', metadata: new Map<string, string>() };
  const onnx: WeightsFile = { file: 'net.onnx', sha256: '', model };
  return prepareTransfer({ onnx, features: 'features', input: { range: [-1, 1] }, height: side, width: side, seed: 1 });
};

/** What a network trains, without its first convolution and its head. */
const trainedOf = (graph: Graph) =>
  imported(graph).model.trainable.filter((name) => name !== 'conv.weight' && !name.startsWith('head/'));

const to32 = { to: 1 };
const wrapped: readonly (readonly [string, DType, readonly number[], (b: GraphBuilder, w: string) => string])[] = [
  ['a Transpose', 'float32', [5, 4], (b, w) => b.node('Transpose', [w], { perm: [1, 0] })],
  ['a Transpose without perm', 'float32', [5, 4], (b, w) => b.node('Transpose', [w])],
  ['an Identity', 'float32', [4, 5], (b, w) => b.node('Identity', [w])],
  ['a Reshape', 'float32', [20], (b, w) => b.node('Reshape', [w, b.ints([4, -1])])],
  ['a Squeeze', 'float32', [4, 1, 5], (b, w) => b.node('Squeeze', [w, b.ints([1])])],
  ['a Flatten', 'float32', [4, 5, 1], (b, w) => b.node('Flatten', [w])],
  ['a Cast from float16', 'float16', [4, 5], (b, w) => b.node('Cast', [w], to32)],
  ['a Cast from bfloat16', 'bfloat16', [4, 5], (b, w) => b.node('Cast', [w], to32)],
  ['a Cast from float64', 'float64', [4, 5], (b, w) => b.node('Cast', [w], to32)],
  [
    'all of them',
    'float16',
    [5, 1, 4],
    (b, w) => {
      const flat = b.node('Reshape', [b.node('Identity', [w]), b.ints([5, 4])]);
      return b.node(
        'Cast',
        [b.node('Squeeze', [b.node('Unsqueeze', [b.node('Transpose', [flat]), b.ints([0])]), b.ints([0])])],
        to32,
      );
    },
  ],
];

describe('weights behind operators that keep their values', () => {
  it.each(wrapped)('are trained behind %s, under their own name', (_, dtype, dims, wrap) => {
    const graph = network((b, x) => b.node('MatMul', [x, wrap(b, b.constant('fc.weight', random(dims, dtype)))]));
    const { model } = imported(graph);
    expect(trainedOf(graph)).toEqual(['fc.weight']);
    expect(model.model.graph.initializers.get('fc.weight')).toMatchObject({ dtype: 'float32', dims: [4, 5] });
  });

  it.each(wrapped)('give the same values without %s', (_, dtype, dims, wrap) => {
    const graph = network((b, x) => b.node('MatMul', [x, wrap(b, b.constant('fc.weight', random(dims, dtype)))]));
    const folded = foldWeights(inlineAliases(graph), 17);
    expect(folded.nodes.length).toBeLessThan(graph.nodes.length);
    const picture = random([2, 3, side, side]);
    const feeds = new Map([['picture', { dims: picture.dims, data: Float64Array.from(picture.data as Float32Array) }]]);
    const open = graph.inputs.map((input) => ({ ...input, shape: [2, 3, side, side] }));
    const [before, after] = [graph, folded].map(
      (each) => interpret({ ...each, inputs: open }, 17, feeds).get('features')!,
    );
    expect(after!.dims).toEqual(before!.dims);
    after!.data.forEach((value, i) => {
      expect(value).toBeCloseTo(before!.data[i]!, 6);
    });
  });

  it('are one weight where two layers share it in one form, and stay behind their operators where forms differ', () => {
    const perm = { perm: [1, 0] };
    const shared = network((b, x) => {
      const w = b.constant('w', random([4, 4]));
      const [one, other] = [b.node('Transpose', [w], perm), b.node('Transpose', [w], perm)];
      return b.node('MatMul', [b.node('MatMul', [x, one]), other]);
    });
    expect(trainedOf(shared)).toEqual(['w']);
    expect(imported(shared).model.model.graph.nodes.some(({ opType }) => opType === 'Transpose')).toBe(false);
    const tied = network((b, x) => {
      const w = b.constant('w', random([4, 4]));
      return b.node('MatMul', [b.node('MatMul', [x, w]), b.node('Transpose', [w], perm)]);
    });
    expect(trainedOf(tied)).toEqual(['w']);
    expect(imported(tied).model.model.graph.nodes.some(({ opType }) => opType === 'Transpose')).toBe(true);
  });
});

describe('weights that are computed from constants', () => {
  const unary =
    (opType: string, attributes: Attributes = {}) =>
    (b: GraphBuilder, w: string, ...more: string[]) =>
      b.node(opType, [w, ...more], attributes);

  it.each<[string, (b: GraphBuilder, x: string) => string, readonly string[]]>([
    [
      'a part of a larger one',
      (b, x) =>
        b.node('MatMul', [
          x,
          b.node('Slice', [b.constant('qkv', random([4, 12])), b.ints([4]), b.ints([8]), b.ints([1])]),
        ]),
      ['qkv'],
    ],
    [
      'a table of relative positions that is looked up',
      (b, x) =>
        b.node('Add', [
          x,
          b.node('Gather', [
            b.constant('table', random([9])),
            b.constant('places', tensorOf('int64', [4], [0, 3, 8, 3])),
          ]),
        ]),
      ['table'],
    ],
    [
      'a weight by a factor',
      (b, x) => b.node('MatMul', [x, unary('Mul')(b, b.constant('w', random([4, 4])), b.floats(0.5))]),
      ['w'],
    ],
    [
      'a bias of which a part is set to 0',
      (b, x) => {
        const places = b.ints([1, 2], [2, 1]);
        const parts = [b.constant('bias', random([4])), places, b.constant('nothing', random([2]))];
        return b.node('Add', [x, b.node('ScatterND', parts)]);
      },
      ['bias'],
    ],
    [
      'layers on a table of places',
      (b, x) => {
        const hidden = b.node('Relu', [
          b.node('MatMul', [b.constant('places', random([4, 2])), b.constant('one', random([2, 3]))]),
        ]);
        const made = b.node('MatMul', [hidden, b.constant('two', random([3, 1]))]);
        return b.node('Add', [x, b.node('Reshape', [made, b.ints([1, 4])])]);
      },
      ['one', 'two'],
    ],
    [
      'a group norm that is written as an instance norm',
      (b, x) => {
        const ones = b.constant('ones', tensorOf('float32', [2], [1, 1]));
        const zeros = b.constant('zeros', tensorOf('float32', [2], [0, 0]));
        const groups = b.node('Reshape', [x, b.ints([0, 2, -1])]);
        const normed = b.node('InstanceNormalization', [groups, ones, zeros]);
        return b.node('Mul', [b.node('Reshape', [normed, b.ints([0, 4])]), b.constant('scale', random([4]))]);
      },
      ['scale'],
    ],
    [
      'a class token',
      (b, x) => {
        const token = b.node('Reshape', [b.constant('cls', random([1, 1, 4])), b.ints([4])]);
        const rows = b.node('Add', [b.node('Mul', [x, b.floats(0)]), token]);
        return b.node('Concat', [x, rows], { axis: 1 });
      },
      ['cls'],
    ],
  ])('%s', (_, write, expected) => {
    expect(trainedOf(network(write))).toEqual(expected);
  });
});

describe('constants that stay as they are though they are used as weights are', () => {
  it.each<[string, (b: GraphBuilder, x: string) => string, string | undefined]>([
    ['what is subtracted', (b, x) => b.node('Sub', [x, b.constant('c', random([4]))]), 'Sub'],
    ['what is divided by', (b, x) => b.node('Div', [x, b.constant('c', random([4]))]), 'Div'],
    [
      'an attention mask',
      (b, x) => b.node('Add', [x, b.constant('c', tensorOf('float32', [4], [0, -100, 0, -100]))]),
      'Add',
    ],
    ['what the picture is subtracted from', (b, x) => b.node('Sub', [b.constant('c', random([1, 4])), x]), 'Sub'],
    ['a single number is none', (b, x) => b.node('Sub', [x, b.constant('c', random([1]))]), undefined],
    [
      'a bias that begins at zero is none',
      (b, x) => b.node('Add', [x, b.constant('c', tensorOf('float32', [4], [0, 0, 0, 0]))]),
      undefined,
    ],
  ])('are reported: %s', (_, write, usedBy) => {
    const { untrained } = imported(network(write));
    expect(untrained.map(({ name, usedBy: by }) => [name, by])).toEqual(usedBy === undefined ? [] : [['c', usedBy]]);
  });

  it('are not running statistics', () => {
    const graph = network((b, x) => {
      const vectors = ['scale', 'bias', 'mean', 'variance'].map((name) =>
        b.constant(name, tensorOf('float32', [4], [1, 2, 3, 4])),
      );
      return b.node('BatchNormalization', [x, ...vectors]);
    });
    expect(imported(graph).untrained).toEqual([]);
    expect(trainedOf(graph)).toEqual(['scale', 'bias']);
  });
});
