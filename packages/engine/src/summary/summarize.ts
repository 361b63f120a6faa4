import { bindDimensions } from '../builder/bind-dimensions.js';
import { inferShapes } from '../builder/infer-shapes.js';
import { isFloat } from '../graph/dtype.js';
import { defaultOpset } from '../graph/opset.js';
import { elementCount } from '../graph/tensor.js';
import type { Graph, GraphNode, Model, ValueType } from '../graph/types.js';
import { multiplyAdds } from './multiply-adds.js';

/** One layer of a network: a node with weights of its own, or one that changes the shape of maps. */
export interface LayerSummary {
  readonly name: string;
  /** ONNX operator. */
  readonly operator: string;
  /** What it gives for one picture, without the batch. */
  readonly output: readonly number[];
  /** Numbers that training changes. */
  readonly parameters: number;
  /** Multiplications with an addition, of convolutions and matrix products, for one picture. */
  readonly multiplyAdds: number;
}

/** A network as a table: its layers with shapes and parameters, and what they come to together. */
export interface NetworkSummary {
  readonly layers: readonly LayerSummary[];
  readonly parameters: number;
  readonly multiplyAdds: number;
}

/** Operators that are shown also without weights. */
const shown = /Pool|^(Flatten|Concat|Add|Gather|MatMul|Gemm|ReduceMean|Resize|DepthToSpace|Dropout|Softmax|Sigmoid)$/;

/**
 * What a network is made of, for one picture. Functions of single numbers (activations, scaling) are not listed.
 *
 * @param trained - names of the tensors that count as parameters. Default: all of floating point that nodes take as weights,
 *   without running statistics and looked-up tables
 * @param side - height and width where the network leaves them open, in pixels
 */
export function summarizeModel(model: Model, trained?: readonly string[], side?: number): NetworkSummary {
  const opset = model.opsets.get('') ?? defaultOpset;
  const graph = bindDimensions(model.graph, opset, openSizes(model.graph, side));
  const types = inferShapes(graph, opset);
  const counted = new Set<string>();
  const constants = new Map([...graph.initializers.keys()].map((name) => [name, [name]] as const));
  const derived = new Map<string, readonly string[]>(constants);
  const layers: LayerSummary[] = [];
  let [parameters, total] = [0, 0];
  for (const node of graph.nodes) {
    const inputs = node.inputs.filter((input) => input !== '');
    if (inputs.length > 0 && inputs.every((input) => derived.has(input))) {
      const sources = inputs.flatMap((input) => derived.get(input)!);
      for (const output of node.outputs) derived.set(output, sources);
      continue;
    }
    const own = weightsOf(node, derived).filter((name) => !counted.has(name) && isWeight(name, node, graph, trained));
    for (const name of own) counted.add(name);
    const numbers = own.reduce((sum, name) => sum + elementCount(graph.initializers.get(name)!.dims), 0);
    const products = multiplyAdds(node, types);
    parameters += numbers;
    total += products;
    const output = types.get(node.outputs[0]!)!;
    if (numbers === 0 && products === 0 && !(shown.test(node.opType) && isFloat(output.dtype))) continue;
    layers.push({
      name: node.name === '' ? node.outputs[0]! : node.name,
      operator: node.opType,
      output: sizesOf(output),
      parameters: numbers,
      multiplyAdds: products,
    });
  }
  return { layers, parameters, multiplyAdds: total };
}

/** Every open size is one picture, but the height and width of the input. */
function openSizes({ inputs }: Graph, side: number | undefined): Readonly<Record<string, number>> {
  const open = inputs.flatMap(({ shape }) =>
    shape.flatMap((dim, axis) =>
      typeof dim === 'string' ? [[dim, axis === 0 || side === undefined ? 1 : side] as const] : [],
    ),
  );
  return Object.fromEntries(open);
}

/** The initializers behind a node's inputs that are none of running statistics or a table. */
function weightsOf(node: GraphNode, derived: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (node.opType === 'Gather') return [];
  const inputs = node.opType === 'BatchNormalization' ? node.inputs.slice(0, 3) : node.inputs;
  return [...new Set(inputs.flatMap((input) => derived.get(input) ?? []))];
}

/** Layers whose single numbers are weights too; elsewhere they scale or round. */
const weighted = /^(Conv|ConvTranspose|Gemm|\w+Normalization)$/;

function isWeight(
  name: string,
  { opType }: GraphNode,
  { initializers }: Graph,
  trained: readonly string[] | undefined,
): boolean {
  if (trained !== undefined) return trained.includes(name);
  const { dtype, dims } = initializers.get(name)!;
  return isFloat(dtype) && (elementCount(dims) > 1 || weighted.test(opType));
}

function sizesOf({ shape }: ValueType): readonly number[] {
  return shape.slice(1).map((dim) => (typeof dim === 'number' ? dim : Number.NaN));
}
