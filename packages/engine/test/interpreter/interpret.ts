import { tensorValues } from '../../src/graph/tensor.js';
import type { Graph } from '../../src/graph/types.js';
import { elementwise } from './elementwise.js';
import type { F64Tensor, Interpreter } from './f64-tensor.js';
import { indexing } from './indexing.js';
import { layout } from './layout.js';
import { linear } from './linear.js';
import { normalisation } from './normalisation.js';
import { reduce } from './reduce.js';
import { spatial } from './spatial.js';

const interpreters: Readonly<Record<string, Interpreter>> = {
  ...elementwise,
  ...indexing,
  ...layout,
  ...linear,
  ...normalisation,
  ...reduce,
  ...spatial,
};

/** Runs a graph in float64 and returns every value in it by name. */
export function interpret(
  graph: Graph,
  opset: number,
  feeds: ReadonlyMap<string, F64Tensor>,
): ReadonlyMap<string, F64Tensor> {
  const values = new Map<string, F64Tensor>(feeds);
  for (const [name, tensor] of graph.initializers) {
    if (!feeds.has(name)) values.set(name, { dims: tensor.dims, data: Float64Array.from(tensorValues(tensor)) });
  }
  for (const node of graph.nodes) {
    const interpreter = interpreters[node.opType];
    if (interpreter === undefined) throw new RangeError(`The interpreter has no ${node.opType}.`);
    const inputs = node.inputs.map((input) => (input === '' ? undefined : values.get(input)));
    interpreter(inputs, node, opset).forEach((output, i) => {
      const name = node.outputs[i];
      if (name !== undefined && name !== '') values.set(name, output);
    });
  }
  return values;
}
