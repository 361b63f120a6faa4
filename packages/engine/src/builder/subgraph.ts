import { ChromarayError, nearest } from '@chromaray/base';
import type { Graph, GraphNode, ValueInfo, ValueType } from '../graph/types.js';
import { inferShapes } from './infer-shapes.js';

/**
 * The part of a graph that computes `outputs` from `inputs`, which may be any values in it: a backbone without
 * its classifier is `extractSubgraph(graph, opset, ['pixels'], ['features'])`.
 *
 * @throws ChromarayError `CHROMARAY_GRAPH_VALUE_UNKNOWN` for a name the graph does not have,
 *   `CHROMARAY_GRAPH_CUT` when an output also depends on an input of the graph that is not among `inputs`
 */
export function extractSubgraph(
  graph: Graph,
  opset: number,
  inputs: readonly string[],
  outputs: readonly string[],
): Graph {
  const types = inferShapes(graph, opset);
  const info = (name: string): ValueInfo => ({ name, ...typeOf(name, types, graph) });
  const needed = new Set(outputs);
  const given = new Set(inputs);
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output) && !given.has(output))) continue;
    for (const input of node.inputs) needed.add(input);
    nodes.push(node);
  }
  const missing = graph.inputs.find(
    ({ name }) => needed.has(name) && !given.has(name) && !graph.initializers.has(name),
  );
  if (missing !== undefined) throw cutError(missing.name, inputs, outputs);
  return {
    name: graph.name,
    inputs: inputs.map(info),
    outputs: outputs.map(info),
    initializers: new Map([...graph.initializers].filter(([name]) => needed.has(name) && !given.has(name))),
    nodes: nodes.reverse(),
  };
}

function typeOf(name: string, types: ReadonlyMap<string, ValueType>, graph: Graph): ValueType {
  const type = types.get(name);
  if (type !== undefined) return type;
  const suggestion = nearest(name, [...types.keys()]);
  throw new ChromarayError({
    code: 'CHROMARAY_GRAPH_VALUE_UNKNOWN',
    message: `The graph ${graph.name} has no value named "${name}".`,
    remedy:
      suggestion === undefined
        ? 'Look the name up in the model, for example with Netron.'
        : `Did you mean ${suggestion}?`,
    details: { value: name },
  });
}

function cutError(missing: string, inputs: readonly string[], outputs: readonly string[]): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_GRAPH_CUT',
    message: `${outputs.join(', ')} cannot be computed from ${inputs.join(', ')} alone: it also depends on the input "${missing}".`,
    remedy: 'Add this input, or cut at values that all ways to the outputs pass.',
    details: { missing, inputs, outputs },
  });
}
