import { describe, expect, it } from 'vitest';
import { onnxruntimeBackend } from '../backends/onnxruntime/backend.js';
import { GraphBuilder } from '../builder/builder.js';
import { elementType } from '../graph/dtype.js';
import { floatTensor, tensorOf, tensorValues } from '../graph/tensor.js';
import type { DType, Graph, Model } from '../graph/types.js';
import { prepareTransfer } from '../presets/prepare-transfer.js';
import { widened } from './widen.js';

const size = 8;
const values = (count: number, start: number) => Array.from({ length: count }, (_, i) => Math.sin(start + 1.7 * i) / 3);

/** A network in one type throughout, with a Cast, a table and a scalar as exporters write them. */
function network(dtype: DType): Graph {
  const builder = new GraphBuilder('net', 17);
  const constant = (name: string, dims: readonly number[], numbers: readonly number[]) =>
    builder.constant(name, tensorOf(dtype, dims, numbers));
  const x = builder.input('picture', dtype, ['batch', 3, size, size]);
  const convolved = builder.node('Conv', [
    x,
    constant('conv.weight', [4, 3, 3, 3], values(108, 1)),
    constant('conv.bias', [4], values(4, 2)),
  ]);
  const cast = builder.node('Cast', [convolved], { to: elementType(dtype) });
  const shifted = builder.node('Add', [cast, constant('shift', [1, 4, 1, 1], values(4, 5))]);
  const pooled = builder.node('GlobalAveragePool', [builder.node('Relu', [shifted])], {}, { outputs: ['features'] });
  builder.output(builder.node('Flatten', [pooled], {}, { outputs: ['classes'] }));
  return builder.build();
}

const asModel = (graph: Graph): Model => ({
  graph,
  opsets: new Map([['', 17]]),
  irVersion: 8,
  producer: '',
  metadata: new Map(),
});
const imported = (graph: Graph) =>
  prepareTransfer({
    ...{ onnx: { file: 'net.onnx', sha256: '', model: asModel(graph) }, features: 'features' },
    ...{ input: { range: [-1, 1] }, height: size, width: size, seed: 1 },
  });

/** The network in float32, its numbers rounded as the other type holds them. */
function rounded(dtype: DType): Graph {
  const graph = network('float32');
  const round = (numbers: readonly number[], dims: readonly number[]) => tensorValues(tensorOf(dtype, dims, numbers));
  const tensors = [...graph.initializers].map(
    ([name, tensor]) => [name, floatTensor(tensor.dims, round(tensorValues(tensor), tensor.dims))] as const,
  );
  return { ...graph, initializers: new Map(tensors) };
}

describe('a network in half precision', () => {
  it.each(['float16', 'bfloat16'] as const)('of %s is that of its numbers in float32', async (dtype) => {
    const [half, full] = [imported(network(dtype)), imported(rounded(dtype))];
    expect(half.widened).toEqual({ types: [dtype], count: 116 });
    expect(full.widened).toBeUndefined();
    expect(half.model.trainable.toSorted()).toEqual(full.model.trainable.toSorted());
    expect(half.model.trainable).toContain('conv.weight');
    const pixels = Uint8Array.from({ length: 2 * size * size }, (_, i) => (i * 37) % 256);
    const predictions = [];
    for (const { model } of [half, full]) {
      const session = await onnxruntimeBackend.infer(model.model, 2, { threads: 1 });
      predictions.push([...(await session.run(pixels, 2))]);
      await session.release();
    }
    expect(predictions[0]).toEqual(predictions[1]);
  });

  it('in part of it only has that part widened; another is left as it is', () => {
    const graph = network('float32');
    const half = tensorOf('float16', [4], [1, 2, 3, 4]);
    const mixed = { ...graph, initializers: new Map(graph.initializers).set('half', half) };
    expect(widened(mixed).numbers).toEqual({ types: ['float16'], count: 4 });
    expect(widened(mixed).graph.initializers.get('half')).toEqual(floatTensor([4], [1, 2, 3, 4]));
    expect(widened(graph)).toEqual({ graph });
    expect(widened(graph).graph).toBe(graph);
  });
});
