import { inferShapes } from '../builder/infer-shapes.js';
import { intTensor } from '../graph/tensor.js';
import type { Graph, GraphNode, Tensor, ValueInfo } from '../graph/types.js';

/** A prime that no size in a network is a multiple of by chance. */
const marker = 1_000_003;

/**
 * The graph for any number of pictures at once. Exporters write the flattening of features as a Reshape to sizes
 * that they compute from the input's, or that hold the one picture they exported with; such a Reshape gets -1 for
 * the number of pictures and numbers for the rest.
 *
 * @param input - the picture, with every size but the batch known
 * @param exported - the batch size written in the file; undefined where it is open
 */
export function openBatch(graph: Graph, opset: number, input: ValueInfo, exported: number | undefined): Graph {
  const sized = { ...input, shape: [exported ?? marker, ...input.shape.slice(1)] };
  const types = inferShapes({ ...graph, inputs: [sized] }, opset);
  const fromPicture = dependents(graph, input.name);
  const initializers = new Map<string, Tensor>(graph.initializers);
  const nodes = graph.nodes.map((node): GraphNode => {
    const output = node.outputs[0]!;
    if (node.opType !== 'Reshape' || node.domain !== '' || !fromPicture.has(output)) return node;
    const sizes = types.get(output)!.shape as readonly number[];
    const isOpen = (size: number, axis: number) =>
      exported === undefined ? size % marker === 0 : axis === 0 && size === exported;
    if (sizes.filter(isOpen).length !== 1) return node;
    const name = `${output}/shape`;
    const shape = sizes.map((size, axis) => (isOpen(size, axis) ? -1 : size));
    initializers.set(name, intTensor([shape.length], shape));
    return { ...node, inputs: [node.inputs[0]!, name], attributes: {} };
  });
  return { ...graph, inputs: [{ ...input, shape: ['batch', ...input.shape.slice(1)] }], nodes, initializers };
}

function dependents(graph: Graph, input: string): ReadonlySet<string> {
  const reached = new Set([input]);
  for (const { inputs, outputs } of graph.nodes) {
    if (inputs.some((name) => reached.has(name))) for (const output of outputs) reached.add(output);
  }
  return reached;
}
