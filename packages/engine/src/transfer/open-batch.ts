import { GraphBuilder } from '../builder/builder.js';
import { intAttribute } from '../graph/attributes.js';
import { elementCount, tensorValues } from '../graph/tensor.js';
import type { Graph, GraphNode, ValueInfo } from '../graph/types.js';

/** A prime that no size in a network is a multiple of by chance. */
const marker = 1_000_003;

/**
 * The graph for any number of pictures at once. Exporters write sizes that they compute from the input's, or that hold
 * the number of pictures they exported with. A Reshape to such sizes gets -1 in place of what is a multiple of that
 * number; what is put beside rows of the pictures and has the exported number of rows itself, such as a class token, is
 * repeated for each.
 *
 * @param input - the picture, with every size but the batch known
 * @param exported - the batch size written in the file; undefined where it is open
 */
export function openBatch(graph: Graph, opset: number, input: ValueInfo, exported: number | undefined): Graph {
  const builder = new GraphBuilder(graph.name, opset);
  builder.input(input.name, input.dtype, [marker, ...input.shape.slice(1)]);
  for (const [name, tensor] of graph.initializers) if (name !== input.name) builder.constant(name, tensor);
  for (const node of graph.nodes) {
    if (node.domain === '' && node.opType === 'Reshape') builder.append(openReshape(builder, node, exported));
    else if (node.domain === '' && node.opType === 'Concat') builder.append(openConcat(builder, node, input, exported));
    else builder.append(node);
  }
  const { nodes, initializers } = builder.build();
  return { ...graph, inputs: [{ ...input, shape: ['batch', ...input.shape.slice(1)] }], nodes, initializers };
}

const isOpen = (size: number): boolean => size > 0 && size % marker === 0;

function openReshape(builder: GraphBuilder, node: GraphNode, exported: number | undefined): GraphNode {
  const [value, target] = node.inputs as [string, string?];
  const from = builder.shape(value);
  const sizes = target === undefined ? undefined : builder.constantValue(target);
  if (sizes === undefined || !from.some(isOpen)) return node;
  const opened = openSizes(tensorValues(sizes), from, intAttribute(node, 'allowzero', 0) === 0, exported);
  return opened === undefined ? node : { ...node, inputs: [value, builder.ints(opened)], attributes: {} };
}

/** The sizes with -1 for what grows with the number of pictures; undefined where that cannot be said. */
function openSizes(
  sizes: readonly number[],
  from: readonly number[],
  copies: boolean,
  exported: number | undefined,
): readonly number[] | undefined {
  if (exported === undefined || sizes.some(isOpen)) {
    const known = resolved(sizes, from, copies);
    return known?.filter(isOpen).length === 1 ? known.map((size) => (isOpen(size) ? -1 : size)) : undefined;
  }
  // Written for the exported number: the axis is the first before which there is as much as before the pictures' own.
  const written = from.map((size) => (isOpen(size) ? (size / marker) * exported : size));
  const known = resolved(sizes, written, copies);
  if (known === undefined || elementCount(known) !== elementCount(written)) return undefined;
  const before = (list: readonly number[], axis: number) => elementCount(list.slice(0, axis));
  const own = before(from, from.findIndex(isOpen));
  const axis = known.findIndex((size, at) => before(known, at) === own && size % exported === 0);
  return axis < 0 ? undefined : known.with(axis, -1);
}

/** The sizes that a Reshape asks for, as numbers: 0 copies one, one -1 takes the rest. */
function resolved(sizes: readonly number[], from: readonly number[], copies: boolean): readonly number[] | undefined {
  const known = sizes.map((size, axis) => (size === 0 && copies ? from[axis]! : size));
  if (!known.includes(-1)) return known;
  const rest = elementCount(from) / elementCount(known.filter((size) => size !== -1));
  return Number.isInteger(rest) ? known.map((size) => (size === -1 ? rest : size)) : undefined;
}

function openConcat(builder: GraphBuilder, node: GraphNode, input: ValueInfo, exported: number | undefined): GraphNode {
  const shapes = node.inputs.map((name) => builder.shape(name));
  const axis = intAttribute(node, 'axis', 1);
  if (!shapes.some(([rows]) => rows === marker) || (axis < 0 ? axis + shapes[0]!.length : axis) === 0) return node;
  const inputs = node.inputs.map((name, i) => {
    const [rows, ...others] = shapes[i]!;
    if (rows !== 1 || exported !== 1) return name;
    const count = builder.node('Slice', [builder.node('Shape', [input.name]), builder.ints([0]), builder.ints([1])]);
    return builder.node('Expand', [name, builder.node('Concat', [count, builder.ints(others)], { axis: 0 })]);
  });
  return { ...node, inputs };
}
