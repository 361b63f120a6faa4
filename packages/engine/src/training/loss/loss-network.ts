import { ChromarayError, mostAlike } from '@chromaray/base';
import { isFloat } from '../../graph/dtype.js';
import { inferenceForm } from '../../graph/inference-form.js';
import type { Graph, GraphNode, Model } from '../../graph/types.js';

/** Names shown where one is not found: all of a small network's, else those most like it. */
const shown = 16;

/**
 * The part of a network that computes some of its values from its pictures, as it predicts. Where it takes uint8, its
 * cast is taken out: what is shown to it are floats already, and a gradient must pass.
 *
 * @param label - what errors call the network
 * @throws ChromarayError `CHROMARAY_TRAINING_FEATURES` for a network without exactly one input of pictures, or a tensor
 *   it does not have, with those of its names that are most like it
 */
export function lossNetwork({ graph }: Pick<Model, 'graph'>, tensors: readonly string[], label: string): Graph {
  const network = withoutCast(inferenceForm(graph), label);
  const made = new Set(network.nodes.flatMap(({ outputs }) => outputs));
  for (const tensor of tensors)
    if (!made.has(tensor))
      throw noTensor(
        tensor,
        [...made].filter((name) => name !== ''),
        label,
      );
  const needed = new Set(tensors);
  const nodes: GraphNode[] = [];
  for (const node of network.nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    for (const name of node.inputs) needed.add(name);
    nodes.push(node);
  }
  const initializers = new Map([...network.initializers].filter(([name]) => needed.has(name)));
  return { ...network, outputs: [], initializers, nodes: nodes.reverse() };
}

function withoutCast(graph: Graph, label: string): Graph {
  const inputs = graph.inputs.filter(({ name }) => !graph.initializers.has(name));
  const [input, ...others] = inputs;
  const takers = graph.nodes.filter((node) => node.inputs.includes(input?.name ?? ''));
  const isPicture = others.length === 0 && input?.shape.length === 4;
  const castsOnly = takers.every(({ opType }) => opType === 'Cast');
  if (input === undefined || !isPicture || !(isFloat(input.dtype) || (input.dtype === 'uint8' && castsOnly))) {
    const found = inputs.map(({ name, dtype, shape }) => `${name} (${dtype} [${shape.join(', ')}])`).join(', ');
    throw new ChromarayError({
      code: 'CHROMARAY_TRAINING_FEATURES',
      message: `${label} takes ${found || 'nothing'}; a network that a loss looks through takes one picture, float32 or uint8 [batch, channels, height, width].`,
      remedy: 'Choose another network, or cut it behind what prepares its pixels.',
      details: { inputs: inputs.map(({ name }) => name) },
    });
  }
  if (isFloat(input.dtype)) return graph;
  const nodes = graph.nodes.map((node) =>
    takers.includes(node) ? { ...node, opType: 'Identity', attributes: {} } : node,
  );
  return { ...graph, inputs: [{ ...input, dtype: 'float32' }], nodes };
}

function noTensor(tensor: string, known: readonly string[], label: string): ChromarayError {
  const isSmall = known.length <= shown;
  const near = mostAlike(tensor, known, shown);
  const which = isSmall ? 'those it makes are' : `of its ${known.length} the names most like it are`;
  return new ChromarayError({
    code: 'CHROMARAY_TRAINING_FEATURES',
    message: `${label} makes no tensor named "${tensor}"; ${which} ${near.join(', ')}.`,
    remedy: 'Name one of the tensors that its nodes make; a viewer such as Netron shows them.',
    details: { tensor, near },
  });
}
