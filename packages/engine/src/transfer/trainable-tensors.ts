import { isFloat } from '../graph/dtype.js';
import { elementCount, tensorValues } from '../graph/tensor.js';
import type { Graph, GraphNode, Tensor } from '../graph/types.js';
import { findOperator } from '../ops/registry.js';
import { weightInputs } from './weight-inputs.js';

/** Further inputs through which a constant changes what is computed; exporters have other things there. */
const otherInputs: Readonly<Record<string, readonly number[]>> = {
  Div: [0, 1],
  Gather: [0],
  Max: [0, 1],
  Min: [0, 1],
  Pow: [0, 1],
  Sub: [0, 1],
  Where: [1, 2],
};

/** What of a network is trained, and what is left as it is. */
export interface Trainability {
  /** Names of tensors, in order of use. */
  readonly trained: readonly string[];
  /** Float tensors of several numbers that are used as weights are, and stay as they are. */
  readonly untrained: readonly UntrainedConstant[];
}

/** A tensor that is used as weights are and is not trained. */
export interface UntrainedConstant {
  readonly name: string;
  readonly shape: readonly number[];
  /** The operator that uses it. */
  readonly usedBy: string;
}

/**
 * The tensors of a network that somebody trained: weights that operators on the picture take, directly or computed
 * from other constants (a scaled weight, a part of one, a table of relative positions that is looked up).
 *
 * Factors and summands of a single number are taken for constants of the architecture, sums with nothing but 0 and one
 * large negative number for attention masks, and rows of nothing but 0 that are put beside the picture's for padding.
 * Sub and Div, with which exporters normalise pixels, are not looked at.
 */
export function trainableTensors(graph: Graph): Trainability {
  const ofPicture = pictureValues(graph);
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const trained = new Set<string>();
  const untrained = new Map<string, UntrainedConstant>();
  for (const node of graph.nodes) {
    const { opType, domain, inputs, outputs } = node;
    if (domain !== '' || !outputs.some((name) => ofPicture.has(name))) continue;
    if (isPartOfGroupNorm(node, graph, makers)) continue;
    const collect = (index: number, asWeights: boolean) => {
      const name = inputs[index] ?? '';
      if (name === '' || ofPicture.has(name)) return;
      for (const leaf of leavesOf(name, graph, makers)) {
        const tensor = graph.initializers.get(leaf)!;
        const isNumber = elementCount(tensor.dims) <= 1;
        if (asWeights && tensor.dtype === 'float32' && isWeight(opType, tensor, leaf === name)) trained.add(leaf);
        else if (!isNumber) untrained.set(leaf, { name: leaf, shape: tensor.dims, usedBy: opType });
      }
    };
    for (const index of weightInputs[opType] ?? []) collect(index, true);
    for (const index of otherInputs[opType] ?? []) collect(index, false);
  }
  return { trained: [...trained], untrained: [...untrained.values()].filter(({ name }) => !trained.has(name)) };
}

/** Values that depend on what is in the picture, not only on its sizes. */
function pictureValues(graph: Graph): ReadonlySet<string> {
  const reached = new Set(graph.inputs.map(({ name }) => name).filter((name) => !graph.initializers.has(name)));
  for (const { opType, inputs, outputs } of graph.nodes) {
    if (opType !== 'Shape' && opType !== 'Size' && inputs.some((name) => reached.has(name)))
      for (const output of outputs) reached.add(output);
  }
  return reached;
}

/** The float constants that a value is computed from, as far back as gradients flow. */
function leavesOf(name: string, graph: Graph, makers: ReadonlyMap<string, GraphNode>): readonly string[] {
  const tensor = graph.initializers.get(name);
  if (tensor !== undefined) return isFloat(tensor.dtype) ? [name] : [];
  const maker = makers.get(name);
  if (maker === undefined || maker.opType === 'Where') return [];
  if (findOperator(maker.opType, maker.domain, maker.name).gradient === undefined) return [];
  // What is written into a weight is no weight: PyTorch sets parts to 0, and makes masks so.
  const isWritten = maker.opType === 'ScatterND' || maker.opType === 'ScatterElements';
  const isProduct = maker.opType === 'Gemm' || maker.opType === 'MatMul';
  return maker.inputs.flatMap((input, i) => {
    // A table of places that goes through layers is data, the layers are weights.
    const isData = input === '' || (isProduct && i === 0 && graph.initializers.has(input)) || (i > 0 && isWritten);
    return isData ? [] : leavesOf(input, graph, makers);
  });
}

/** Exporters write a group norm as an instance norm of regrouped channels that scales by 1 and shifts by 0. */
function isPartOfGroupNorm(
  { opType, inputs }: GraphNode,
  graph: Graph,
  makers: ReadonlyMap<string, GraphNode>,
): boolean {
  if (opType !== 'InstanceNormalization' || makers.get(inputs[0]!)?.opType !== 'Reshape') return false;
  const isAll = (name: string, value: number) =>
    (graph.initializers.get(name)?.data as Float32Array | undefined)?.every((each) => each === value) === true;
  return isAll(inputs[1]!, 1) && isAll(inputs[2]!, 0);
}

function isWeight(opType: string, tensor: Tensor, isDirect: boolean): boolean {
  const count = elementCount(tensor.dims);
  if (count <= 1 && (!isDirect || ['Add', 'Concat', 'Mul'].includes(opType))) return false;
  if (opType === 'Add') return !isMask(tensor);
  return opType !== 'Concat' || !isDirect || tensorValues(tensor).some((value) => value !== 0);
}

/** What attention adds to keep places apart; PyTorch's Swin transformers write -100, others minus infinity. */
const maskedFrom = -100;

function isMask(tensor: Tensor): boolean {
  const values = tensorValues(tensor);
  const negative = values.find((value) => value !== 0);
  return negative !== undefined && negative <= maskedFrom && values.every((value) => value === 0 || value === negative);
}
