import { bindDimensions } from '../graph/bind-dimensions.js';
import { inferShapes } from '../graph/infer-shapes.js';
import { defaultOpset } from '../graph/opset.js';
import type { TrainableModel } from './types.js';

/** Numbers that training changes. */
export function countParameters({ model, trainable }: TrainableModel): number {
  return trainable.reduce((sum, name) => sum + elements(model.graph.initializers.get(name)?.dims ?? []), 0);
}

const bytesPerFloat = 4;
/** Node, the runtime and its code before any tensor, measured. */
const processBytes = 250 * 1024 ** 2;
/** Activations live as they are, as gradients, and in the columns of convolutions; measured on the presets. */
const activationFactor = 4;
/** A weight, its gradient, two moments, and the other half of each swapped pair. */
const weightFactor = 8;

/**
 * What a process that trains this model will hold at most, in bytes: an estimate on the safe side, for
 * deciding how many fit beside each other.
 */
export function estimateTrainingMemory({ model, trainable, ...rest }: TrainableModel, batch: number): number {
  const opset = model.opsets.get('') ?? defaultOpset;
  const types = inferShapes(bindDimensions(model.graph, opset, { batch }), opset);
  let values = 0;
  for (const [name, { shape }] of types) if (!model.graph.initializers.has(name)) values += elements(shape as number[]);
  const weights = countParameters({ model, trainable, ...rest });
  return processBytes + bytesPerFloat * (activationFactor * values + weightFactor * weights);
}

function elements(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}
