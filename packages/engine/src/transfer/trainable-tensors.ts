import { elementCount } from '../graph/tensor.js';
import type { Graph } from '../graph/types.js';

/** Inputs of operators that are weights when they are constants. Running statistics are none: no gradient moves them. */
const weightInputs: Readonly<Record<string, readonly number[]>> = {
  Add: [0, 1],
  BatchNormalization: [1, 2],
  Conv: [1, 2],
  ConvTranspose: [1, 2],
  Gemm: [0, 1, 2],
  MatMul: [0, 1],
  Mul: [0, 1],
};

/**
 * The tensors of a network that somebody trained, in order of use. Factors and summands of a single number are
 * taken for constants of the architecture; Sub and Div, with which exporters normalise pixels, are not looked at.
 */
export function trainableTensors(graph: Graph): readonly string[] {
  const names = new Set<string>();
  for (const { opType, domain, inputs } of graph.nodes) {
    if (domain !== '') continue;
    for (const index of weightInputs[opType] ?? []) {
      const name = inputs[index] ?? '';
      const tensor = graph.initializers.get(name);
      if (tensor?.dtype !== 'float32') continue;
      const isArithmetic = opType === 'Add' || opType === 'Mul';
      if (!isArithmetic || elementCount(tensor.dims) > 1) names.add(name);
    }
  }
  return [...names];
}
