import { GraphBuilder } from '../builder/builder.js';
import { intAttribute } from '../graph/attributes.js';
import { elementCount, tensorValues } from '../graph/tensor.js';
import type { Attributes, Graph, GraphNode, ValueInfo } from '../graph/types.js';

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
  const places = new Places(builder);
  for (const node of graph.nodes) {
    if (node.domain === '' && node.opType === 'Reshape') builder.append(openReshape(builder, node, exported, places));
    else if (node.domain === '' && node.opType === 'Concat') builder.append(openConcat(builder, node, input, exported));
    else builder.append(node);
    places.follow(node);
  }
  const { nodes, initializers } = builder.build();
  return { ...graph, inputs: [{ ...input, shape: ['batch', ...input.shape.slice(1)] }], nodes, initializers };
}

const isOpen = (size: number): boolean => size > 0 && size % marker === 0;

/**
 * Where the pictures are within an axis that they share with others: how much of it comes before them, in row-major
 * order. A Reshape keeps the order of elements, so this is what decides where it puts them.
 */
class Places {
  private readonly before = new Map<string, number>();

  constructor(private readonly builder: GraphBuilder) {}

  of(value: string): number {
    return this.before.get(value) ?? 1;
  }

  set(value: string, before: number): void {
    if (before > 1) this.before.set(value, before);
  }

  /** A node leaves the pictures where they are in an axis of the same size. */
  follow({ inputs, outputs }: GraphNode): void {
    const shared = inputs.find((name) => this.before.has(name));
    const size = shared === undefined ? undefined : this.builder.shape(shared).find(isOpen);
    for (const output of outputs) {
      if (size !== undefined && output !== '' && !this.before.has(output) && this.builder.shape(output).includes(size))
        this.set(output, this.of(shared!));
    }
  }
}

function openReshape(builder: GraphBuilder, node: GraphNode, exported: number | undefined, places: Places): GraphNode {
  const [value, target] = node.inputs as [string, string?];
  const from = builder.shape(value);
  const sizes = target === undefined ? undefined : builder.constantValue(target);
  if (sizes === undefined || !from.some(isOpen)) return node;
  const before = elementCount(from.slice(0, from.findIndex(isOpen))) * places.of(value);
  const copies = intAttribute(node, 'allowzero', 0) === 0;
  const opened = openSizes({ sizes: tensorValues(sizes), from, before, copies, exported });
  if (opened !== undefined) {
    const axis = opened.indexOf(-1);
    places.set(node.outputs[0]!, before / elementCount(opened.slice(0, axis)));
  }
  return opened === undefined ? node : { ...node, inputs: [value, builder.ints(opened)], attributes: {} };
}

interface Asked {
  readonly sizes: readonly number[];
  readonly from: readonly number[];
  /** How many elements, in units of what follows, come before the pictures in `from`. */
  readonly before: number;
  /** Whether 0 stands for the size that is there. */
  readonly copies: boolean;
  readonly exported: number | undefined;
}

/** The sizes with -1 for what grows with the number of pictures; undefined where that cannot be said. */
function openSizes({ sizes, from, before, copies, exported }: Asked): readonly number[] | undefined {
  if (exported === undefined || sizes.some(isOpen)) {
    const known = resolved(sizes, from, copies);
    return known?.filter(isOpen).length === 1 ? known.map((size) => (isOpen(size) ? -1 : size)) : undefined;
  }
  const written = from.map((size) => (isOpen(size) ? (size / marker) * exported : size));
  const known = resolved(sizes, written, copies);
  if (known === undefined || elementCount(known) !== elementCount(written)) return undefined;
  const axis = axisOfPictures(known, from, before, exported);
  return axis < 0 ? undefined : known.with(axis, -1);
}

/**
 * The axis that holds the pictures in sizes that were written for the exported number of them. It is the one of that
 * size before which there is as much as before the pictures. Where there is none they share an axis: with what came
 * before them, unless what comes after was split, as heads are from features.
 */
function axisOfPictures(sizes: readonly number[], from: readonly number[], before: number, exported: number): number {
  const upTo = (axis: number) => elementCount(sizes.slice(0, axis));
  const own = sizes.findIndex((size, axis) => upTo(axis) === before && size === exported);
  if (own >= 0) return own;
  const ending = sizes.findIndex((size, axis) => upTo(axis) * size === before * exported && size % exported === 0);
  const beginning = sizes.findIndex((size, axis) => upTo(axis) === before && size % exported === 0);
  const behind = from.length - 1 - from.findIndex(isOpen);
  const isSplit = beginning >= 0 && sizes.length - beginning > behind;
  return ending >= 0 && before > 1 && !isSplit ? ending : beginning;
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
    const step = (opType: string, inputs: readonly string[], attributes: Attributes = {}) =>
      builder.node(opType, inputs, attributes, { name: `${node.name}/repeated ${i}/${opType}` });
    const count = step('Slice', [step('Shape', [input.name]), builder.ints([0]), builder.ints([1])]);
    return step('Expand', [name, step('Concat', [count, builder.ints(others)], { axis: 0 })]);
  });
  return { ...node, inputs };
}
