import type { Graph, GraphNode } from '../graph/types.js';

/**
 * The graph with each convolution that is pooled first and rectified then rectified first: the same numbers, since
 * the maximum of rectified values is the rectified maximum, and a feature map in which what the network switches
 * off is switched off, at the places it had before pooling. Presets of the original study are built that way round
 * for speed; the published networks have it the other way.
 */
export function rectifyBeforePooling(graph: Graph): Graph {
  const nodes = [...graph.nodes];
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  for (const [at, pooling] of graph.nodes.entries()) {
    if (pooling.opType !== 'MaxPool' || pooling.outputs.length > 1 || outputs.has(pooling.outputs[0]!)) continue;
    const takers = graph.nodes.filter(({ inputs }) => inputs.includes(pooling.outputs[0]!));
    const [rectifier] = takers;
    const made = graph.nodes.find((node) => node.outputs.includes(pooling.inputs[0]!));
    if (takers.length !== 1 || rectifier!.opType !== 'Relu' || made?.opType !== 'Conv') continue;
    // The two nodes change places; the value between them is now the rectified map.
    nodes[at] = swapped(rectifier!, pooling.inputs[0]!, pooling.outputs[0]!);
    nodes[graph.nodes.indexOf(rectifier!)] = swapped(pooling, pooling.outputs[0]!, rectifier!.outputs[0]!);
  }
  return { ...graph, nodes };
}

function swapped(node: GraphNode, input: string, output: string): GraphNode {
  return { ...node, inputs: [input], outputs: [output] };
}
