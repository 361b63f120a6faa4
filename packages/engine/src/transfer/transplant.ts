import { ChromarayError } from '@chromaray/base';
import { floatAttribute, intAttribute, intsAttribute, stringAttribute } from '../graph/attributes.js';
import type { Graph, GraphNode, Tensor } from '../graph/types.js';
import type { TrainableModel } from '../training/types.js';
import { inlineAliases } from './aliases.js';
import type { WeightsFile } from './weights-file.js';

/**
 * A network of ours with the weights of a file that holds the same one. Layers are matched by their order, not by
 * name: each exporter names them otherwise. Convolutions and batch normalisations count; what follows the last one
 * of ours (the file's classifier) is not looked at, nor are our learned colours.
 *
 * @throws ChromarayError `CHROMARAY_TRANSFER_WEIGHTS` when the file holds another network, with the first difference
 */
export function transplant(trainable: TrainableModel, preset: string, weights: WeightsFile): TrainableModel {
  const { model } = trainable;
  const own = layersOf(model.graph).filter(({ name }) => !name.startsWith('colour/'));
  const given = inlineAliases(weights.model.graph);
  const theirs = layersOf(given);
  const initializers = new Map<string, Tensor>(model.graph.initializers);
  own.forEach((layer, i) => {
    const other = theirs[i];
    const difference = other === undefined ? ending(given, i) : differenceOf(layer, other);
    if (difference !== undefined) throw otherNetwork(preset, weights.file, layer, i, difference);
    copyTensors(layer, other!, model.graph, given, initializers, (what) =>
      otherNetwork(preset, weights.file, layer, i, what),
    );
  });
  return { ...trainable, model: { ...model, graph: { ...model.graph, initializers } } };
}

function ending({ nodes }: Graph, layers: number): string {
  return nodes.length === 0
    ? 'the file has tensors and no graph, without which their order is unknown'
    : `the file ends after ${layers} layers`;
}

function layersOf(graph: Graph): readonly GraphNode[] {
  return graph.nodes.filter(({ opType }) => opType === 'Conv' || opType === 'BatchNormalization');
}

/** What distinguishes two layers besides their weights' sizes; undefined for nothing. */
function differenceOf(own: GraphNode, other: GraphNode): string | undefined {
  if (own.opType !== other.opType) return `the file has a ${other.opType} there, the preset a ${own.opType}`;
  if (own.opType === 'BatchNormalization') {
    const [ours, theirs] = [own, other].map((node) => floatAttribute(node, 'epsilon', 1e-5)) as [number, number];
    return Math.abs(ours - theirs) > ours * 1e-3
      ? `its epsilon is ${Number(theirs.toPrecision(3))}, the preset's ${ours}`
      : undefined;
  }
  const [ours, theirs] = [own, other].map(windowText) as [string, string];
  return ours === theirs ? undefined : `it has ${theirs}, the preset's ${ours}`;
}

function windowText(node: GraphNode): string {
  const strides = intsAttribute(node, 'strides') ?? [1, 1];
  const pads = intsAttribute(node, 'pads') ?? [0, 0, 0, 0];
  const kernel = intsAttribute(node, 'kernel_shape') ?? [];
  const automatic = stringAttribute(node, 'auto_pad', 'NOTSET');
  const isOneCell = kernel.every((size) => size === 1);
  const padding = automatic.startsWith('SAME') ? 'same' : sameLike(kernel, strides, pads);
  return `stride ${strides.join('x')}, ${intAttribute(node, 'group', 1)} groups, padding ${isOneCell ? 'none' : padding}`;
}

/** Pads that are what "same" comes to on even sizes: by half the kernel, or with stride 2 one less at the start. */
function sameLike(kernel: readonly number[], strides: readonly number[], pads: readonly number[]): string {
  const half = pads.length / 2;
  const isSame = kernel.every((size, axis) => {
    const total = Math.max(0, size - strides[axis]!);
    return pads[axis] === Math.floor(total / 2) && pads[axis + half] === total - Math.floor(total / 2);
  });
  if (isSame) return 'same';
  return pads.every((pad) => pad === 0) ? 'none' : pads.join(' ');
}

function copyTensors(
  own: GraphNode,
  other: GraphNode,
  ownGraph: Graph,
  otherGraph: Graph,
  into: Map<string, Tensor>,
  failure: (what: string) => ChromarayError,
): void {
  own.inputs.slice(1).forEach((name, i) => {
    const target = ownGraph.initializers.get(name)!;
    const source = otherGraph.initializers.get(other.inputs[i + 1] ?? '');
    if (source === undefined) throw failure(`the file has no ${roles[own.opType]![i]} for it`);
    if (source.dtype !== 'float32') {
      throw failure(`its ${roles[own.opType]![i]} is ${source.dtype}, the preset needs float32`);
    }
    if (source.dims.join() !== target.dims.join()) {
      const [found, expected] = [source, target].map(({ dims }) => dims.join('x'));
      throw failure(`its ${roles[own.opType]![i]} is ${found}, the preset's ${expected}`);
    }
    into.set(name, { ...target, data: source.data });
  });
  // A file whose normalisation was folded into its convolutions has biases that this network has no place for.
  const extra = other.inputs.slice(own.inputs.length).some((name) => name !== '');
  if (extra) throw failure('the file has a bias there, the preset none (its batch normalisation may be folded in)');
}

const roles: Readonly<Record<string, readonly string[]>> = {
  Conv: ['kernel', 'bias'],
  BatchNormalization: ['scale', 'bias', 'mean', 'variance'],
};

function otherNetwork(
  preset: string,
  file: string,
  layer: GraphNode,
  index: number,
  difference: string,
): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRANSFER_WEIGHTS',
    message: `${file} does not hold the network ${preset}: at layer ${index + 1}, "${layer.name}", ${difference}.`,
    remedy: `Give an ONNX file of ${preset} with float32 weights, or use the file as it is: model: { onnx: <file>, features: <tensor> }.`,
    details: { preset, file, layer: layer.name, index },
  });
}
