import { InferenceSession, Tensor } from 'onnxruntime-node';
import { tensorOf } from '../src/graph/tensor.js';
import type { DType, Graph, Model } from '../src/graph/types.js';
import { writeModel } from '../src/onnx/write.js';
import type { F64Tensor } from './interpreter/f64-tensor.js';

/** A graph as a model that ONNX Runtime takes. */
export function modelOf(graph: Graph, opset: number): Model {
  const opsets = new Map([
    ['', opset],
    ['com.microsoft', 1],
  ]);
  return { graph, opsets, irVersion: 8, producer: 'test', metadata: new Map() };
}

/** Runs a graph on ONNX Runtime's CPU provider and returns its outputs as float64. */
export async function runOnnxruntime(
  graph: Graph,
  opset: number,
  feeds: ReadonlyMap<string, F64Tensor>,
): Promise<ReadonlyMap<string, F64Tensor>> {
  const session = await InferenceSession.create(writeModel(modelOf(graph, opset)), {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  try {
    const inputs = graph.inputs.map(({ name, dtype }) => [name, toOrt(dtype, feeds.get(name)!)] as const);
    const outputs = await session.run(Object.fromEntries(inputs));
    return new Map(Object.entries(outputs).map(([name, tensor]) => [name, fromOrt(tensor)]));
  } finally {
    await session.release();
  }
}

function toOrt(dtype: DType, { dims, data }: F64Tensor): Tensor {
  return new Tensor(dtype as 'float32', tensorOf(dtype, dims, data).data as Float32Array, dims);
}

function fromOrt(tensor: Tensor): F64Tensor {
  return { dims: tensor.dims, data: Float64Array.from(tensor.data as ArrayLike<number | bigint>, Number) };
}
