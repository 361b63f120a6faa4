import { elementCount, intTensor, tensorValues } from '../graph/tensor.js';
import type { Graph, GraphNode, Tensor } from '../graph/types.js';

/**
 * The graph with a Reshape in place of looking all elements of a flattened value up in their own order, as PyTorch's
 * exporter writes a view of memory (`as_strided`, after an average over places): written so, the number of pictures
 * would stay the exported one.
 *
 * @param graph - without Constant nodes, see `inlineAliases`
 */
export function undoStrides(graph: Graph): Graph {
  const initializers = new Map<string, Tensor>(graph.initializers);
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const nodes = graph.nodes.map((node): GraphNode => {
    const flat = node.domain === '' && node.opType === 'Gather' ? makers.get(node.inputs[0]!) : undefined;
    const indices = initializers.get(node.inputs[1] ?? '');
    if (flat?.opType !== 'Reshape' || indices === undefined || !isFlat(flat, initializers) || !isInOrder(indices)) {
      return node;
    }
    const name = `${node.outputs[0]}/sizes`;
    initializers.set(name, intTensor([indices.dims.length], indices.dims));
    return { ...node, opType: 'Reshape', inputs: [flat.inputs[0]!, name], attributes: {} };
  });
  return { ...graph, nodes, initializers };
}

function isFlat({ inputs }: GraphNode, initializers: ReadonlyMap<string, Tensor>): boolean {
  const sizes = initializers.get(inputs[1] ?? '');
  return sizes !== undefined && tensorValues(sizes).join() === '-1';
}

function isInOrder({ dims, ...tensor }: Tensor): boolean {
  return (
    dims.length > 0 && elementCount(dims) > 0 && tensorValues({ dims, ...tensor }).every((value, i) => value === i)
  );
}
