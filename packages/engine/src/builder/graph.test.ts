import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHalf, encodeHalf } from '../graph/half.js';
import { orderNodes } from '../graph/order.js';
import { removeDeadNodes } from '../graph/prune.js';
import { boolTensor, floatTensor, intTensor, tensorOf, tensorValues } from '../graph/tensor.js';
import type { GraphNode } from '../graph/types.js';
import { bindDimensions } from './bind-dimensions.js';
import { GraphBuilder } from './builder.js';
import { foldConstants } from './fold-constants.js';
import { inferShapes } from './infer-shapes.js';
import { extractSubgraph } from './subgraph.js';
import { upgradeOpset } from './upgrade-opset.js';

/** What PyTorch exports for `x.view(x.size(0), -1)`: the new shape is computed from the old one. */
function exportedView(): GraphBuilder {
  const builder = new GraphBuilder('view', 17);
  const x = builder.input('x', 'float32', ['batch', 3, 4, 5]);
  const size = builder.node('Gather', [builder.node('Shape', [x]), builder.constant('first', intTensor([], [0]))]);
  const sizes = [builder.node('Unsqueeze', [size, builder.ints([0])]), builder.ints([-1])];
  builder.node('Concat', sizes, { axis: 0 }, { outputs: ['sizes'] });
  return builder;
}

describe('bindDimensions', () => {
  it('knows the shapes that a graph computes from its own shapes', () => {
    const unbound = { ...exportedView().build(), outputs: [] };
    const view: GraphNode = {
      opType: 'Reshape',
      domain: '',
      name: 'view',
      inputs: ['x', 'sizes'],
      outputs: ['y'],
      attributes: {},
    };
    const graph = {
      ...unbound,
      nodes: [...unbound.nodes, view],
      outputs: [{ name: 'y', dtype: 'float32' as const, shape: ['batch', 60] }],
    };
    expect(inferShapes(graph, 17).get('y')!.shape).toEqual(['batch', 60]);
    const bound = bindDimensions(graph, 17, { batch: 7 });
    expect(bound.outputs[0]!.shape).toEqual([7, 60]);
    expect(bound.nodes).toEqual([view]);
    expect(tensorValues(bound.initializers.get('sizes')!)).toEqual([7, -1]);
  });

  it('suggests the size that was meant', () => {
    expect(() => bindDimensions(exportedView().build(), 17, { bach: 2 })).toThrowError(
      expect.objectContaining({ code: 'CHROMARAY_GRAPH_DIMENSION', remedy: expect.stringContaining('batch') }),
    );
    expect(() => bindDimensions(exportedView().build(), 17, { batch: 0 })).toThrow(/whole number/);
  });
});

describe('open sizes', () => {
  const shapeOf = (opType: string, dims: (number | string)[], constants: number[][] = [], attributes = {}) => {
    const builder = new GraphBuilder('open', 17);
    const x = builder.input('x', 'float32', dims);
    return builder.type(builder.node(opType, [x, ...constants.map((list) => builder.ints(list))], attributes)).shape;
  };

  it('survive reshaping where they can', () => {
    expect(shapeOf('Flatten', ['batch', 8, 2, 2])).toEqual(['batch', 32]);
    expect(shapeOf('Reshape', ['batch', 8, 2, 2], [[0, -1]])).toEqual(['batch', 32]);
    expect(shapeOf('Reshape', ['batch', 8, 2, 2], [[-1, 32]])).toEqual(['batch', 32]);
    expect(shapeOf('Reshape', ['batch', 8], [[-1, 4]])).toEqual(['2*batch', 4]);
    expect(shapeOf('Transpose', ['batch', 8], [], { perm: [1, 0] })).toEqual([8, 'batch']);
  });

  it('are reported where they are in the way', () => {
    expect(() => shapeOf('Slice', ['batch', 2], [[0], [1], [0]])).toThrow(/"batch"/);
    expect(shapeOf('Slice', ['batch', 2], [[0], [2 ** 31 - 1], [0]])).toEqual(['batch', 2]);
  });

  /** A graph whose nodes take sizes that other nodes compute. */
  const computed = (write: (builder: GraphBuilder, x: string, size: (axis: number) => string) => string) => {
    const builder = new GraphBuilder('computed', 17);
    const x = builder.input('x', 'float32', ['batch', 8, 6, 6]);
    const size = (axis: number) => builder.node('Gather', [builder.node('Shape', [x]), builder.ints(axis)]);
    return builder.type(write(builder, x, size)).shape;
  };
  const list = (b: GraphBuilder, ...sizes: string[]) =>
    b.node(
      'Concat',
      sizes.map((size) => b.node('Unsqueeze', [size, b.ints([0])])),
      { axis: 0 },
    );

  it('do not hide the sizes beside them: an axis that is known is cut and regrouped while another is open', () => {
    const half = (b: GraphBuilder, size: string) => b.node('Div', [size, b.ints(2)]);
    expect(
      computed((b, x, size) => {
        const end = b.node('Unsqueeze', [half(b, size(1)), b.ints([0])]);
        return b.node('Slice', [x, b.ints([0]), end, b.ints([1])]);
      }),
    ).toEqual(['batch', 4, 6, 6]);
    expect(
      computed((b, x, size) => b.node('Reshape', [x, list(b, size(0), b.ints(2), half(b, size(1)), size(2), size(3))])),
    ).toEqual(['batch', 2, 4, 6, 6]);
    expect(
      computed((b, x, size) => b.node('Reshape', [x, list(b, b.node('Mul', [size(0), size(2)]), b.ints(-1))])),
    ).toEqual(['6*batch', 48]);
    expect(
      computed((b, x, size) => {
        const windows = b.node('Reshape', [x, list(b, b.node('Mul', [size(0), b.ints(4)]), b.ints(8), b.ints(9))]);
        const rows = b.node('Gather', [b.node('Shape', [windows]), b.ints(0)]);
        return b.node('Reshape', [windows, list(b, b.node('Div', [rows, b.ints(4)]), b.ints(-1))]);
      }),
    ).toEqual(['batch', 288]);
  });

  it('are repeated, filled and resized to where they are known by name', () => {
    expect(computed((b, _, size) => b.node('Expand', [b.floats([1, 2, 3]), list(b, size(0), b.ints(3))]))).toEqual([
      'batch',
      3,
    ]);
    expect(computed((b, _, size) => b.node('ConstantOfShape', [list(b, size(0), size(1))]))).toEqual(['batch', 8]);
    expect(
      computed((b, x, size) => {
        const same = b.node('Slice', [b.node('Shape', [x]), b.ints([0]), b.ints([2])]);
        const twice = b.node('Mul', [size(2), b.ints(2)]);
        const sizes = b.node('Concat', [same, list(b, twice, twice)], { axis: 0 });
        return b.node('Resize', [x, '', '', sizes], { mode: 'nearest' });
      }),
    ).toEqual(['batch', 8, 12, 12]);
    expect(
      computed((b, x) => {
        const shape = b.node('Shape', [x]);
        const open = b.node('Equal', [shape, b.ints([-1, -1, -1, -1])]);
        return b.node('Expand', [x, b.node('Where', [open, b.ints([1, 1, 1, 1]), shape])]);
      }),
    ).toEqual(['batch', 8, 6, 6]);
  });

  it.each([
    ['Softmax', 11, 1],
    ['Softmax', 12, 2],
    ['LogSoftmax', 11, -2],
  ])('remain where %s of operator set %i is brought into the new form, axis %i', (opType, opset, axis) => {
    const builder = new GraphBuilder('old', opset);
    const x = builder.input('x', 'float32', ['batch', 3, 4, 5]);
    builder.output(builder.node(opType, [x], { axis }, { outputs: ['y'] }));
    const model = {
      graph: builder.build(),
      opsets: new Map([['', opset]]),
      irVersion: 7,
      producer: '',
      metadata: new Map(),
    };
    const upgraded = upgradeOpset(model);
    expect(inferShapes(upgraded.graph, 17).get('y')!.shape).toEqual(['batch', 3, 4, 5]);
  });
});

describe('shape rules', () => {
  const build = (opType: string, a: number[], b: number[], attributes = {}) => {
    const builder = new GraphBuilder('g', 17);
    const inputs = [builder.input('a', 'float32', a), builder.input('b', 'float32', b)];
    return () => builder.node(opType, inputs, attributes, { name: 'here' });
  };

  it.each([
    ['Add', [2, 3], [2], {}],
    ['MatMul', [2, 3], [2, 3], {}],
    ['Gemm', [2, 3], [2, 3], {}],
    ['Gemm', [2, 3, 1], [3, 3], {}],
    ['Concat', [2, 3], [3, 3], { axis: 1 }],
    ['Concat', [2, 3], [2, 3], { axis: 2 }],
  ] as const)('refuse %s of [%s] and [%s] with the name of the node', (opType, a, b, attributes) => {
    expect(build(opType, [...a], [...b], attributes)).toThrowError(
      expect.objectContaining({ code: 'CHROMARAY_GRAPH_SHAPE', message: expect.stringContaining('"here"') }),
    );
  });

  it('refuse operators that nobody knows, and suggest one', () => {
    expect(build('MatMull', [1], [1])).toThrowError(
      expect.objectContaining({ code: 'CHROMARAY_GRAPH_OPERATOR_UNKNOWN', remedy: expect.stringContaining('MatMul') }),
    );
  });
});

describe('parts of graphs', () => {
  const builder = new GraphBuilder('chain', 17);
  const x = builder.input('x', 'float32', ['batch', 4]);
  const w = builder.constant('w', floatTensor([4, 2], [1, 2, 3, 4, 5, 6, 7, 8]));
  builder.constant('spare', floatTensor([1], [0]));
  const features = builder.node('Relu', [x], {}, { outputs: ['features'] });
  builder.node('Exp', [x], {}, { outputs: ['unused'] });
  builder.output(builder.node('MatMul', [features, w], {}, { outputs: ['logits'] }));
  const graph = builder.build();

  it('lose what no output needs', () => {
    const pruned = removeDeadNodes(graph);
    expect(pruned.nodes.map(({ opType }) => opType)).toEqual(['Relu', 'MatMul']);
    expect([...pruned.initializers.keys()]).toEqual(['w']);
  });

  it('are cut at any value', () => {
    const head = extractSubgraph(graph, 17, ['features'], ['logits']);
    expect(head.inputs).toEqual([{ name: 'features', dtype: 'float32', shape: ['batch', 4] }]);
    expect(head.nodes.map(({ opType }) => opType)).toEqual(['MatMul']);
    const backbone = extractSubgraph(graph, 17, ['x'], ['features']);
    expect(backbone.initializers.size).toBe(0);
    expect(backbone.outputs[0]!.shape).toEqual(['batch', 4]);
  });

  it('are refused when something is missing', () => {
    expect(() => extractSubgraph(graph, 17, ['w'], ['logits'])).toThrowError(
      expect.objectContaining({ code: 'CHROMARAY_GRAPH_CUT', message: expect.stringContaining('"x"') }),
    );
    expect(() => extractSubgraph(graph, 17, ['x'], ['feature'])).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_GRAPH_VALUE_UNKNOWN', remedy: expect.stringContaining('features') }),
    );
  });

  it('turn Constant nodes into initializers', () => {
    const value = floatTensor([2], [1, 2]);
    const node: GraphNode = {
      opType: 'Constant',
      domain: '',
      name: 'c',
      inputs: [],
      outputs: ['c'],
      attributes: { value },
    };
    const add: GraphNode = { opType: 'Add', domain: '', name: 'a', inputs: ['v', 'c'], outputs: ['y'], attributes: {} };
    const input = { name: 'v', dtype: 'float32' as const, shape: [2] };
    const made = {
      name: 'g',
      inputs: [input],
      outputs: [{ ...input, name: 'y' }],
      initializers: new Map(),
      nodes: [node, add],
    };
    const folded = foldConstants(made, 17);
    expect(folded.nodes).toEqual([add]);
    expect(folded.initializers.get('c')).toBe(value);
  });
});

describe('orderNodes', () => {
  it('orders any shuffled graph so that makers come first', () => {
    const order = fc
      .integer({ min: 1, max: 30 })
      .chain((count) =>
        fc.tuple(
          fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: count, maxLength: count }),
          fc.array(fc.double({ noNaN: true }), { minLength: count, maxLength: count }),
        ),
      );
    fc.assert(
      fc.property(order, ([links, keys]) => {
        const nodes = links.map((list, i): GraphNode => {
          const inputs = i === 0 ? ['x'] : list.map((link) => `v${link % i}`);
          return { opType: 'Sum', domain: '', name: `n${i}`, inputs, outputs: [`v${i}`], attributes: {} };
        });
        const shuffled = nodes.map((node, i) => ({ node, key: keys[i]! })).sort((a, b) => a.key - b.key);
        const ordered = orderNodes(
          shuffled.map(({ node }) => node),
          new Set(['x']),
          'test',
        );
        const made = new Set(['x']);
        for (const node of ordered) {
          expect(node.inputs.every((input) => made.has(input))).toBe(true);
          for (const output of node.outputs) made.add(output);
        }
        expect(new Set(ordered)).toEqual(new Set(nodes));
        expect(orderNodes(nodes, new Set(['x']), 'test')).toEqual(nodes);
      }),
    );
  });
});

describe('tensors', () => {
  it('hold as many elements as their shape says', () => {
    expect(() => floatTensor([2, 2], [1, 2, 3])).toThrow(/4 elements, not 3/);
    expect(tensorValues(boolTensor([2], [true, false]))).toEqual([1, 0]);
    expect(tensorValues(intTensor([], [-3]))).toEqual([-3]);
  });

  // Values from IEEE 754 (binary16) and from rounding float32 to its upper half (bfloat16).
  it.each([
    ['float16', 1, 0x3c00],
    ['float16', -2, 0xc000],
    ['float16', 65504, 0x7bff],
    ['float16', 65520, 0x7c00],
    ['float16', 2 ** -24, 0x0001],
    ['float16', 2 ** -25, 0x0000],
    ['float16', 0.1, 0x2e66],
    ['float16', 1 + 2 ** -11, 0x3c00],
    ['float16', 1 + 3 * 2 ** -11, 0x3c02],
    ['bfloat16', 1, 0x3f80],
    ['bfloat16', 0.1, 0x3dcd],
    ['bfloat16', 1 + 2 ** -8, 0x3f80],
    ['bfloat16', 1 + 3 * 2 ** -8, 0x3f82],
    ['bfloat16', Number.POSITIVE_INFINITY, 0x7f80],
  ] as const)('round %s %d to %i', (type, value, bits) => {
    expect(encodeHalf(type, value)).toBe(bits);
  });

  it.each(['float16', 'bfloat16'] as const)('give back every %s', (type) => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = decodeHalf(type, bits);
      if (Number.isNaN(value)) expect(encodeHalf(type, value)).toBe(type === 'float16' ? 0x7e00 : 0x7fc0);
      else if (encodeHalf(type, value) !== bits) expect.fail(`${type} ${bits} came back as ${encodeHalf(type, value)}`);
    }
    expect(tensorValues(tensorOf(type, [2], [1.5, -0.25]))).toEqual([1.5, -0.25]);
  });
});
