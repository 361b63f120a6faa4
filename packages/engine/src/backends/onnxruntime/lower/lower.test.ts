import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import type { F64Tensor } from '../../../../test/interpreter/f64-tensor.js';
import { interpret } from '../../../../test/interpreter/interpret.js';
import { GraphBuilder } from '../../../builder/builder.js';
import { tinyNetwork } from '../../../fit/blobs.test-support.js';
import { buildStepGraph } from '../../../training/step/step-graph.js';
import { providerNames } from '../../provider.js';
import { graphModel } from '../graph-model.js';
import { lowered } from './lower.js';

const opset = 17;

function norm(builder: GraphBuilder, dims: readonly number[]): void {
  const channels = [dims[1]!];
  const vectors = ['scale', 'shift', 'mean', 'variance'].map((name) => builder.input(name, 'float32', channels));
  const x = builder.input('x', 'float32', dims);
  const attributes = { training_mode: 1, epsilon: { float: 1e-3 }, momentum: { float: 0.8 } };
  for (const output of builder.nodeMany('BatchNormalization', [x, ...vectors], attributes, { outputCount: 3 }))
    builder.output(output);
}

function product(builder: GraphBuilder, a: readonly number[], b: readonly number[], attributes: object): void {
  const inputs = [builder.input('a', 'float32', a), builder.input('b', 'float32', b)];
  builder.output(builder.node('FusedMatMul', inputs, { ...attributes }, { domain: 'com.microsoft' }));
}

const graphs: readonly (readonly [string, (builder: GraphBuilder) => void])[] = [
  ['batch normalisation of images', (b) => norm(b, [3, 4, 5, 2])],
  ['batch normalisation of vectors', (b) => norm(b, [6, 4])],
  ['a product with B exchanged', (b) => product(b, [2, 3, 4], [2, 5, 4], { transB: 1 })],
  ['a product with A exchanged and a factor', (b) => product(b, [4, 3], [4, 5], { transA: 1, alpha: { float: 0.5 } })],
];

describe('lowering for other execution providers', () => {
  it.each(graphs)('leaves the values of %s as they are', (_, build) => {
    const builder = new GraphBuilder('original', opset);
    build(builder);
    const model = graphModel(builder.build(), opset);
    const other = lowered(model, 'webgpu');
    expect(other.graph.outputs).toEqual(model.graph.outputs);
    expect(other.graph.nodes.length).toBeGreaterThan(model.graph.nodes.length);
    const random = new Random('lowering');
    const feeds = new Map<string, F64Tensor>(
      model.graph.inputs.map(({ name, shape }) => {
        const dims = shape as readonly number[];
        const data = Float64Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => random.float() + 0.1);
        return [name, { dims, data }];
      }),
    );
    const [before, after] = [model, other].map(({ graph }) => interpret(graph, opset, feeds));
    for (const { name } of model.graph.outputs) {
      const [expected, found] = [before!.get(name)!, after!.get(name)!];
      expect(found.dims).toEqual(expected.dims);
      // The factors of a momentum are rounded to float32 in the one graph and not in the other.
      expected.data.forEach((value, i) => {
        expect(Math.abs(found.data[i]! - value)).toBeLessThan(1e-7);
      });
    }
  });

  it('does nothing for the CPU, and leaves no batch normalisation in training to any other', () => {
    const step = buildStepGraph(
      {
        model: tinyNetwork({ norm: true }),
        loss: { kind: 'binary-cross-entropy' },
        optimizer: { kind: 'adam' },
        seed: 1,
      },
      4,
    ).model;
    expect(lowered(step, 'cpu')).toBe(step);
    for (const provider of providerNames) {
      if (provider === 'cpu') continue;
      const types = lowered(step, provider).graph.nodes.map(({ opType }) => opType);
      expect(types, provider).not.toContain('BatchNormalization');
    }
  });
});
