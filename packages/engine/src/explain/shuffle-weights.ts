import { Random } from '@chromaray/base';
import type { Graph, GraphNode, Model, Tensor } from '../graph/types.js';

/** One layer of weights: names of the initializers that belong to it. */
export interface WeightLayer {
  /** Of the node that opens it. */
  readonly name: string;
  readonly tensors: readonly string[];
}

const opening = ['Conv', 'ConvTranspose', 'Gemm', 'MatMul'];

/**
 * A network's layers of weights from the head down: each convolution or dense layer with the batch normalisation
 * and the biases that follow it. Constants that are not learned, such as colour tables and scales, are in none.
 */
export function weightLayers(graph: Graph): readonly WeightLayer[] {
  const layers: { name: string; tensors: string[] }[] = [];
  for (const node of graph.nodes) {
    if (opening.includes(node.opType)) layers.push({ name: node.name, tensors: [] });
    const layer = layers.at(-1);
    if (layer === undefined || !mayHoldWeights(node, graph)) continue;
    for (const input of node.inputs) if (isWeight(graph.initializers.get(input))) layer.tensors.push(input);
  }
  return layers.filter(({ tensors }) => tensors.length > 0).reverse();
}

/**
 * The model with the values of some layers in random order, each tensor by itself, so that its mean, spread and
 * shape stay and what it has learned is gone. Scale, bias and statistics of a batch normalisation are moved
 * together, channel by channel.
 */
export function withShuffledWeights(model: Model, layers: readonly WeightLayer[], seed: number | string): Model {
  const random = new Random(seed).fork('shuffled weights');
  const initializers = new Map(model.graph.initializers);
  const norms = model.graph.nodes.filter(({ opType }) => opType === 'BatchNormalization');
  const done = new Set<string>();
  for (const name of layers.flatMap(({ tensors }) => tensors)) {
    if (done.has(name)) continue;
    const together = norms.find(({ inputs }) => inputs.includes(name))?.inputs.slice(1) ?? [name];
    const order = random.fork(name).permutation(initializers.get(name)!.data.length);
    for (const other of together) {
      done.add(other);
      initializers.set(other, reordered(initializers.get(other)!, order));
    }
  }
  return { ...model, graph: { ...model.graph, initializers } };
}

function mayHoldWeights(node: GraphNode, graph: Graph): boolean {
  if (opening.includes(node.opType) || node.opType === 'BatchNormalization') return true;
  const before = graph.nodes.find(({ outputs }) => outputs.includes(node.inputs[0]!));
  return node.opType === 'Add' && before !== undefined && opening.includes(before.opType);
}

function isWeight(tensor: Tensor | undefined): boolean {
  return tensor?.dtype === 'float32' && tensor.dims.length > 0 && tensor.data.length > 1;
}

function reordered(tensor: Tensor, order: Int32Array): Tensor {
  const values = tensor.data as Float32Array;
  const data = new Float32Array(order.length);
  for (let i = 0; i < order.length; i++) data[i] = values[order[i]!]!;
  return { ...tensor, data };
}
