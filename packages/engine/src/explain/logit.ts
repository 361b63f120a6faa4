import type { GraphWriter } from '../graph/graph-writer.js';
import type { Graph } from '../graph/types.js';
import { noLogit } from './errors.js';

/**
 * The value that a model's first output is the sigmoid or softmax of: its gradient does not vanish where the
 * network is sure. The output itself where neither is before it, and for a softmax over one unit, which is
 * 1 whatever the unit says.
 *
 * @throws ChromarayError `CHROMARAY_EXPLAIN_OUTPUT` when it is not one row of numbers an example
 */
export function findLogit(graph: Graph, types: Pick<GraphWriter, 'type'>): string {
  let value = graph.outputs[0]!.name;
  for (;;) {
    const node = graph.nodes.find(({ outputs }) => outputs[0] === value);
    const through = node !== undefined && isTransparent(node.opType, types.type(value).shape);
    if (!through) break;
    value = node.inputs[0]!;
  }
  const { shape, dtype } = types.type(value);
  if (shape.length !== 2 || typeof shape[1] !== 'number' || dtype !== 'float32') throw noLogit(value, shape);
  return value;
}

function isTransparent(opType: string, shape: readonly unknown[]): boolean {
  if (opType === 'Softmax') return shape.at(-1) !== 1;
  return opType === 'Sigmoid' || opType === 'Identity';
}
