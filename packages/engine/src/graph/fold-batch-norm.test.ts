import { describe, expect, it } from 'vitest';
import { createOrtSession, wrap } from '../backends/onnxruntime/ort.js';
import { GraphBuilder } from '../builder/builder.js';
import { largestDifference } from '../training/step/run-graph.test-support.js';
import { foldBatchNorm } from './fold-batch-norm.js';
import { defaultOpset } from './opset.js';
import { floatTensor } from './tensor.js';
import type { Graph } from './types.js';

const values = (count: number, offset: number) =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(3 * i + offset) / 2 + 0.6);

function network(options: { readonly bias: boolean; readonly shown?: boolean; readonly group?: number }) {
  const { bias, shown = false, group = 1 } = options;
  const builder = new GraphBuilder('norm', defaultOpset);
  const x = builder.input('x', 'float32', [2, 4, 5, 5]);
  const constant = (name: string, dims: readonly number[], offset: number) =>
    builder.constant(
      name,
      floatTensor(
        dims,
        values(
          dims.reduce((a, b) => a * b, 1),
          offset,
        ),
      ),
    );
  const weights = constant('weights', [6 - (6 % group), 4 / group, 3, 3], 1);
  const outputs = builder.shape(weights)[0]!;
  const inputs = bias ? [x, weights, constant('bias', [outputs], 2)] : [x, weights];
  const convolved = builder.node('Conv', inputs, { kernel_shape: [3, 3], group }, { outputs: ['convolved'] });
  const vectors = ['scale', 'shift', 'mean', 'variance'].map((name, i) => constant(name, [outputs], 3 + i));
  const norm = builder.node('BatchNormalization', [convolved, ...vectors], { epsilon: { float: 0.01 } });
  builder.output(builder.node('Relu', [norm], {}, { outputs: ['y'] }));
  if (shown) builder.output(convolved);
  return builder.build();
}

/** As it stands: without ONNX Runtime's own folding. */
async function run(graph: Graph): Promise<Float32Array> {
  const opsets = new Map([['', defaultOpset]]);
  const model = { graph, opsets, irVersion: 8, producer: 'test', metadata: new Map<string, string>() };
  const session = await createOrtSession(model, { threads: 1 }, { graphOptimizationLevel: 'disabled' });
  const results = await session.run({ x: wrap('float32', values(200, 9), [2, 4, 5, 5]) });
  await session.release();
  return results.y!.data as Float32Array;
}

describe('batch normalisation folded into convolutions', () => {
  it.each([
    ['a bias', { bias: true }],
    ['no bias', { bias: false }],
    ['groups', { bias: true, group: 2 }],
  ])('gives the same numbers with %s', async (_, options) => {
    const graph = network(options);
    const folded = foldBatchNorm(graph);
    expect(folded.nodes.map(({ opType }) => opType)).toEqual(['Conv', 'Relu']);
    expect(largestDifference(await run(folded), await run(graph))).toBeLessThan(1e-5);
  });

  it('leaves a convolution alone whose own result is asked for', () => {
    const graph = network({ bias: true, shown: true });
    expect(foldBatchNorm(graph).nodes).toEqual(graph.nodes);
  });
});
