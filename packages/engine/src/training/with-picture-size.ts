import { inferShapes } from '../builder/infer-shapes.js';
import { modelOpset } from '../graph/opset.js';
import type { Graph } from '../graph/types.js';
import type { TrainableModel } from './types.js';

/**
 * The same network with the same tensors for pictures of another size, as fully convolutional networks can be used: for
 * a training that begins with small pictures, and for predicting on larger ones than it was trained on.
 *
 * @param size - pixels
 * @throws ChromarayError `CHROMARAY_GRAPH_SHAPE` when a layer is tied to the size it was built for (a dense layer on
 *   flattened features), or the size is no multiple of what the network halves
 *
 * @example
 * const small = buildColorizer({ height: 64, width: 64, seed: 1 });
 * const { model } = await fit({ model: small, ... });
 * const larger = withPictureSize({ ...small, model }, { height: 128, width: 128 });
 */
export function withPictureSize(
  network: TrainableModel,
  size: { readonly height: number; readonly width: number },
): TrainableModel {
  const { model } = network;
  const graph = resized(model.graph, size);
  const types = inferShapes(graph, modelOpset(model));
  const outputs = graph.outputs.map((output) => ({ ...output, ...types.get(output.name) }));
  return { ...network, model: { ...model, graph: { ...graph, outputs } } };
}

function resized(graph: Graph, { height, width }: { readonly height: number; readonly width: number }): Graph {
  const pictures = graph.inputs.find(({ name, shape }) => !graph.initializers.has(name) && shape.length === 4);
  const inputs = graph.inputs.map((input) =>
    input === pictures ? { ...input, shape: [...input.shape.slice(0, 2), height, width] } : input,
  );
  return { ...graph, inputs };
}
