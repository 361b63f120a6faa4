import type { Graph, ValueType } from '../graph/types.js';
import { GraphBuilder } from './builder.js';

/**
 * The type of every value of a graph: inputs, initializers and what each node makes.
 *
 * @throws ChromarayError `CHROMARAY_GRAPH_OPERATOR_UNKNOWN`, `CHROMARAY_GRAPH_SHAPE` or `CHROMARAY_GRAPH_NODE`
 *   at the first node whose outputs cannot be inferred
 */
export function inferShapes(graph: Graph, opset: number): ReadonlyMap<string, ValueType> {
  const builder = GraphBuilder.from(graph, opset);
  const names = [
    ...graph.inputs.map(({ name }) => name),
    ...graph.initializers.keys(),
    ...graph.nodes.flatMap(({ outputs }) => outputs.filter((output) => output !== '')),
  ];
  return new Map(names.map((name) => [name, builder.type(name)]));
}
