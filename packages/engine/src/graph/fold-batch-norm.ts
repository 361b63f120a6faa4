import { floatTensor } from './tensor.js';
import type { Graph, GraphNode, Tensor } from './types.js';

/**
 * The graph with every batch normalisation by given statistics taken into the convolution before it, for models that
 * only predict: `y = s (W x + b - mean) + shift` with `s = scale / sqrt(variance + epsilon)` is a convolution by `s W`
 * with the bias `s (b - mean) + shift`. What follows, such as a ReLU, is then behind the convolution itself. A
 * convolution whose result is needed elsewhere, or whose weights are not constant, stays as it is.
 */
export function foldBatchNorm(graph: Graph): Graph {
  const needed = new Map<string, number>();
  const need = (name: string) => needed.set(name, (needed.get(name) ?? 0) + 1);
  for (const { inputs } of graph.nodes) for (const name of inputs) need(name);
  for (const { name } of graph.outputs) need(name);
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const initializers = new Map(graph.initializers);
  const merged = new Map<GraphNode, GraphNode | undefined>();
  for (const norm of graph.nodes) {
    const convolution = makers.get(norm.inputs[0] ?? '');
    if (norm.opType !== 'BatchNormalization' || convolution?.opType !== 'Conv') continue;
    if (norm.attributes.training_mode === 1 || norm.outputs.length !== 1 || needed.get(norm.inputs[0]!) !== 1) continue;
    const folded = fold(convolution, norm, (name) => graph.initializers.get(name));
    if (folded === undefined) continue;
    const output = norm.outputs[0]!;
    const [weights, bias] = [`${output}/folded-weights`, `${output}/folded-bias`];
    initializers.set(weights, folded.weights).set(bias, folded.bias);
    merged.set(convolution, { ...convolution, inputs: [convolution.inputs[0]!, weights, bias], outputs: [output] });
    merged.set(norm, undefined);
  }
  const nodes = graph.nodes.flatMap((node) => (merged.has(node) ? (merged.get(node) ?? []) : node));
  return { ...graph, nodes, initializers };
}

function fold(
  convolution: GraphNode,
  norm: GraphNode,
  constant: (name: string) => Tensor | undefined,
): { readonly weights: Tensor; readonly bias: Tensor } | undefined {
  const [, weightName, biasName = ''] = convolution.inputs;
  const weights = floats(constant(weightName!));
  const bias = biasName === '' ? null : floats(constant(biasName));
  const [scale, shift, mean, variance] = norm.inputs.slice(1).map((name) => floats(constant(name)));
  if (weights === undefined || bias === undefined || !scale || !shift || !mean || !variance) return undefined;
  const epsilon = epsilonOf(norm);
  const channels = scale.data.length;
  const perChannel = weights.data.length / channels;
  const newWeights = new Float32Array(weights.data.length);
  const newBias = new Float32Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    const factor = scale.data[channel]! / Math.sqrt(variance.data[channel]! + epsilon);
    newBias[channel] = ((bias?.data[channel] ?? 0) - mean.data[channel]!) * factor + shift.data[channel]!;
    for (let i = channel * perChannel; i < (channel + 1) * perChannel; i++) newWeights[i] = weights.data[i]! * factor;
  }
  return { weights: floatTensor(weights.dims, newWeights), bias: floatTensor([channels], newBias) };
}

function floats(tensor: Tensor | undefined) {
  return tensor?.dtype === 'float32' ? { dims: tensor.dims, data: tensor.data as Float32Array } : undefined;
}

/** As it is stored: a saved model must fold to the same bits as the one it was saved from. */
function epsilonOf({ attributes: { epsilon } }: GraphNode): number {
  if (typeof epsilon === 'object' && 'float' in epsilon) return Math.fround(epsilon.float);
  return Math.fround(typeof epsilon === 'number' ? epsilon : 1e-5);
}
