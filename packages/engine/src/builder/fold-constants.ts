import { isFloat } from '../graph/dtype.js';
import { removeDeadNodes } from '../graph/prune.js';
import type { Graph, Tensor } from '../graph/types.js';
import { GraphBuilder } from './builder.js';

/**
 * The graph with what can be known beforehand written as initializers: Constant nodes, and the arithmetic on
 * shapes that exporters leave in a graph once its sizes are known. Nodes that only served that are removed.
 */
export function foldConstants(graph: Graph, opset: number): Graph {
  const builder = GraphBuilder.from(graph, opset);
  const built = builder.build();
  const initializers = new Map<string, Tensor>(built.initializers);
  const nodes = built.nodes.filter((node) => {
    const name = node.outputs[0]!;
    // Floats stay: they may be weights, which training changes.
    const isWhole = node.outputs.length === 1 && !isFloat(builder.type(name).dtype);
    const value = isWhole ? builder.constantValue(name) : undefined;
    if (value !== undefined) initializers.set(name, value);
    return value === undefined;
  });
  return removeDeadNodes({ ...built, nodes, initializers });
}
