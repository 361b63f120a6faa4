import { inferenceForm } from '../graph/inference-form.js';
import type { Model, Tensor } from '../graph/types.js';

/** The same model, as it predicts, with some of its tensors' values replaced; the arrays are used as they are. */
export function withWeights(model: Model, weights: ReadonlyMap<string, Float32Array>): Model {
  const initializers = new Map<string, Tensor>(model.graph.initializers);
  for (const [name, data] of weights) {
    const tensor = initializers.get(name);
    if (tensor?.data.length !== data.length)
      throw new RangeError(`The model has no tensor "${name}" of ${data.length} values.`);
    initializers.set(name, { ...tensor, data });
  }
  return { ...model, graph: { ...inferenceForm(model.graph), initializers } };
}
