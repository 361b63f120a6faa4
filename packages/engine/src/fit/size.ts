import type { Backend } from '../backends/backend.js';
import { bindDimensions } from '../builder/bind-dimensions.js';
import { inferShapes } from '../builder/infer-shapes.js';
import { defaultOpset } from '../graph/opset.js';
import type { Model } from '../graph/types.js';
import type { TrainableModel } from '../training/types.js';

/** Numbers that training changes. */
export function countParameters({ model, trainable }: TrainableModel): number {
  return trainable.reduce((sum, name) => sum + elements(model.graph.initializers.get(name)?.dims ?? []), 0);
}

const bytesPerFloat = 4;
/** Node, the runtime and its code before any tensor, measured. */
const processBytes = 250 * 1024 ** 2;

interface MemoryFactors {
  /** Copies of an activation: itself, its gradient, and on ONNX Runtime the columns of convolutions. */
  readonly activation: number;
  /** Copies of a weight: itself, its gradient, two moments, and the other half of each swapped pair or other layouts. */
  readonly weight: number;
}

/**
 * Measured on the presets: ONNX Runtime takes up to 3.2 times its activations (`color-short`, whose columns are the
 * widest), oneDNN, which reuses memory, 0.6 to 1, and up to 13 times its weights, which it keeps in several layouts.
 */
const factors: Readonly<Record<Backend['name'], MemoryFactors>> = {
  onnxruntime: { activation: 4, weight: 8 },
  onednn: { activation: 1.2, weight: 14 },
};

/**
 * What a process that trains this model in float32 will hold at most, in bytes: an estimate on the safe side, for
 * deciding how many fit beside each other and whether one fits at all. Activations below the lowest trained tensor
 * are not kept, so that a frozen start of a network costs next to nothing.
 *
 * @param backend default: the more demanding one, `onnxruntime`
 */
export function estimateTrainingMemory(
  { model, trainable, ...rest }: TrainableModel,
  batch: number,
  backend: Backend['name'] = 'onnxruntime',
): number {
  const opset = model.opsets.get('') ?? defaultOpset;
  const graph = bindDimensions(model.graph, opset, { batch });
  const types = inferShapes(graph, opset);
  const reached = new Set(trainable);
  let [kept, passing] = [0, 0];
  for (const { inputs, outputs } of graph.nodes) {
    const isReached = inputs.some((input) => reached.has(input));
    for (const output of outputs) {
      const size = output === '' ? 0 : elements(types.get(output)!.shape as number[]);
      if (isReached) {
        reached.add(output);
        kept += size;
      } else passing = Math.max(passing, size);
    }
  }
  const { activation, weight } = factors[backend];
  const weights = countParameters({ model, trainable, ...rest });
  const constants = elementsOfAll(model) - weights;
  return processBytes + bytesPerFloat * (activation * kept + 3 * passing + weight * weights + 3 * constants);
}

function elementsOfAll(model: Model): number {
  return [...model.graph.initializers.values()].reduce((sum, { dims }) => sum + elements(dims), 0);
}

function elements(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}
