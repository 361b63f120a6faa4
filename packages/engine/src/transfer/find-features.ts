import type { ChromarayError } from '@chromaray/base';
import type { Graph, GraphNode } from '../graph/types.js';
import { transferError } from './errors.js';

const dense = new Set(['Gemm', 'MatMul', 'FusedMatMul']);
const pooling = new Set([
  'GlobalAveragePool',
  'GlobalMaxPool',
  'GlobalLpPool',
  'ReduceMean',
  'ReduceMax',
  'AveragePool',
]);
/** Layers behind which no classifier lies: a path that meets one first ends without features. */
const layers = new Set(['Conv', 'ConvTranspose', 'MaxPool', 'LayerNormalization', 'Softmax']);

/**
 * The tensor of a classifier that a new head goes on, found by rule: from each output back along everything that is
 * computed, the first dense layer (`Gemm`, or `MatMul` with constant weights) gives its input; where a pooling over the
 * picture is met first, its result. A softmax at the very end is passed, one within (attention) ends a path.
 *
 * @throws ChromarayError `CHROMARAY_TRANSFER_FEATURES` when no path meets such a layer, or several meet different ones
 *   (further classifiers, parallel branches), with the candidates
 */
export function findFeatures(graph: Graph, file: string): string {
  const producers = new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const constants = constantsOf(graph);
  const candidates = new Set<string>();
  const seen = new Set<string>();
  const follow = (value: string, isEnd: boolean): void => {
    const node = producers.get(value);
    if (node === undefined || seen.has(value)) return;
    seen.add(value);
    const found = featuresAt(node, constants);
    if (found !== undefined) candidates.add(found);
    else if (!layers.has(node.opType) || (isEnd && node.opType === 'Softmax')) {
      const stays = isEnd && node.inputs.filter((input) => producers.has(input) && !constants.has(input)).length === 1;
      for (const input of node.inputs) if (!constants.has(input)) follow(input, stays);
    }
  };
  for (const name of ends(graph)) follow(name, true);
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return only;
  throw unclear([...candidates], file);
}

/** The outputs; where they were left out because their shapes are unknown, the values that no node takes. */
function ends({ nodes, outputs }: Graph): readonly string[] {
  if (outputs.length > 0) return outputs.map(({ name }) => name);
  const taken = new Set(nodes.flatMap(({ inputs }) => inputs));
  return nodes.flatMap((node) => node.outputs.filter((output) => output !== '' && !taken.has(output)));
}

function featuresAt(node: GraphNode, constants: ReadonlySet<string>): string | undefined {
  const data = node.inputs.filter((input) => input !== '' && !constants.has(input));
  if (dense.has(node.opType)) return data.length === 1 ? data[0] : undefined;
  return pooling.has(node.opType) ? node.outputs[0] : undefined;
}

/** Everything that is the same for all pictures: weights, and what is computed from them alone. */
function constantsOf({ nodes, initializers }: Graph): ReadonlySet<string> {
  const constants = new Set(initializers.keys());
  for (const { inputs, outputs } of nodes) {
    if (inputs.every((input) => input === '' || constants.has(input)))
      for (const output of outputs) constants.add(output);
  }
  return constants;
}

const shown = 8;

function unclear(candidates: readonly string[], file: string): ChromarayError {
  const what =
    candidates.length === 0
      ? 'no dense layer and no pooling over the picture lies before its output, so that its features cannot be found'
      : `which tensor are its features is not clear; candidates are ${candidates.slice(0, shown).join(', ')}`;
  const remedy = 'Write `features: <tensor>`: the tensor that goes into the classifier; Netron shows the names.';
  return transferError('FEATURES', file, what, remedy, { candidates });
}
