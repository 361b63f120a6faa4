import { dtypeOfElementType, elementType } from '../graph/dtype.js';
import { decodeHalves } from '../graph/half.js';
import { floatTensor } from '../graph/tensor.js';
import type { Attribute, DType, Graph, GraphNode, Tensor, ValueInfo } from '../graph/types.js';

/** Numbers of a file that are read as float32 from another type. */
export interface WidenedNumbers {
  /** Types they are stored in. */
  readonly types: readonly DType[];
  readonly count: number;
}

const halves: readonly DType[] = ['float16', 'bfloat16'];

/**
 * A network in half precision, or with parts in it, as the same network in float32: no stored number changes, since each of them
 * has an equal in float32; what is computed from them is rounded more finely than where the network was made.
 *
 * @returns the graph itself where nothing is in half precision
 */
export function widened(graph: Graph): { readonly graph: Graph; readonly numbers?: WidenedNumbers } {
  const numbers = halfNumbers(graph);
  const nodes = graph.nodes.map(widenedNode);
  const isTouched = numbers !== undefined || nodes.some((node, i) => node !== graph.nodes[i]);
  if (!isTouched && [...graph.inputs, ...graph.outputs].every(({ dtype }) => !halves.includes(dtype))) return { graph };
  const wide = {
    ...graph,
    inputs: graph.inputs.map(widenedInfo),
    outputs: graph.outputs.map(widenedInfo),
    initializers: new Map([...graph.initializers].map(([name, tensor]) => [name, widenedTensor(tensor)])),
    nodes,
  };
  return { graph: wide, ...(numbers && { numbers }) };
}

/** The stored numbers of a graph that are in half precision; undefined where none are. */
export function halfNumbers({ initializers }: Pick<Graph, 'initializers'>): WidenedNumbers | undefined {
  const half = [...initializers.values()].filter(({ dtype }) => halves.includes(dtype));
  if (half.length === 0) return undefined;
  const count = half.reduce((sum, { data }) => sum + data.length, 0);
  return { types: [...new Set(half.map(({ dtype }) => dtype))], count };
}

function widenedTensor(tensor: Tensor): Tensor {
  const { dtype, dims, data } = tensor;
  if (dtype !== 'float16' && dtype !== 'bfloat16') return tensor;
  return floatTensor(dims, decodeHalves(dtype, data as Uint16Array));
}

function widenedInfo<T extends ValueInfo>(info: T): T {
  return halves.includes(info.dtype) ? { ...info, dtype: 'float32' } : info;
}

/** Attributes that name an element type, of Cast and of operators that make values. */
const typeAttributes = ['to', 'dtype'];

function widenedNode(node: GraphNode): GraphNode {
  const changed = Object.entries(node.attributes).flatMap(([name, value]): [string, Attribute][] => {
    if (isTensor(value)) return halves.includes(value.dtype) ? [[name, widenedTensor(value)]] : [];
    const isType = typeAttributes.includes(name) && (typeof value === 'number' || typeof value === 'bigint');
    if (!isType || !halves.includes(dtypeOfElementType(Number(value))!)) return [];
    return [[name, elementType('float32')]];
  });
  return changed.length === 0 ? node : { ...node, attributes: { ...node.attributes, ...Object.fromEntries(changed) } };
}

function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'dtype' in value;
}
