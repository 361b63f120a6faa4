import type { Graph } from '../graph/types.js';
import { constantTensor } from '../ops/tensor/layout/constant.js';

/**
 * The graph with weights under one name each: Constant nodes as initializers, and Identity nodes of weights (how
 * PyTorch writes one weight that several layers share) taken out.
 */
export function inlineAliases(graph: Graph): Graph {
  const initializers = new Map(graph.initializers);
  const alias = new Map<string, string>();
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const nodes = graph.nodes.flatMap((node) => {
    const [input = '', output = ''] = [node.inputs[0], node.outputs[0]];
    if (node.domain === '' && node.opType === 'Constant') {
      initializers.set(output, constantTensor(node));
      return [];
    }
    const source = alias.get(input) ?? input;
    if (node.domain === '' && node.opType === 'Identity' && initializers.has(source) && !outputs.has(output)) {
      alias.set(output, source);
      return [];
    }
    const inputs = node.inputs.map((name) => alias.get(name) ?? name);
    return [inputs.some((name, i) => name !== node.inputs[i]) ? { ...node, inputs } : node];
  });
  return { ...graph, nodes, initializers };
}
