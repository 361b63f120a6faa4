import type { Graph, GraphNode } from './types.js';

/**
 * The graph as it predicts, whatever mode its exporter wrote into it: batch normalisation takes the running
 * statistics and dropout passes its input on. An exporter marks them for training by the attribute `training_mode` and
 * further outputs (operator sets before 14: by further outputs alone), dropout by its third input.
 *
 * The renewed running statistics that batch normalisation gives in training are the given ones here, for whoever reads
 * them.
 */
export function inferenceForm(graph: Graph): Graph {
  if (!graph.nodes.some(isMarked)) return graph;
  const unchanged = new Map<string, string>();
  const nodes = graph.nodes.map((node): GraphNode => {
    if (!isMarked(node)) return node;
    if (node.opType === 'Dropout') return { ...node, inputs: node.inputs.slice(0, 2) };
    const { training_mode: _, ...attributes } = node.attributes;
    node.outputs.slice(1).forEach((output, i) => {
      if (output !== '') unchanged.set(output, node.inputs[3 + (i % 2)]!);
    });
    return { ...node, attributes, outputs: node.outputs.slice(0, 1) };
  });
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const statistics = [...unchanged].flatMap(([output, input]) => (outputs.has(output) ? [same(input, output)] : []));
  const resolve = (name: string) => unchanged.get(name) ?? name;
  return { ...graph, nodes: [...nodes.map((node) => ({ ...node, inputs: node.inputs.map(resolve) })), ...statistics] };
}

function isMarked({ opType, domain, inputs, outputs, attributes }: GraphNode): boolean {
  if (domain !== '') return false;
  if (opType === 'Dropout') return inputs.length > 2;
  return opType === 'BatchNormalization' && (attributes.training_mode !== undefined || outputs.length > 1);
}

function same(input: string, output: string): GraphNode {
  return { opType: 'Identity', domain: '', name: `${output}/same`, inputs: [input], outputs: [output], attributes: {} };
}
