import { elementCount, floatTensor, intTensor } from '../graph/tensor.js';
import type { Attributes, Graph, GraphNode, Tensor } from '../graph/types.js';

/**
 * The graph with tables of relative positions in place of what an exporter has looked up in them. A Swin transformer
 * adds to its attention a number for each pair of places of a window, which depends on how far they are apart alone: a
 * small trained table, in which pairs are looked up. Exporters that fold constants write down the sum's operand
 * [..., places, places] instead, whose equal entries would then be trained apart.
 *
 * A constant is taken for such where all entries of places equally far apart are equal, over any window height x width;
 * its table keeps the constant's name.
 */
export function restorePositionTables(graph: Graph): Graph {
  const initializers = new Map<string, Tensor>(graph.initializers);
  const uses = new Map<string, number>();
  for (const name of graph.nodes.flatMap(({ inputs }) => inputs)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const nodes = graph.nodes.flatMap((node): readonly GraphNode[] => {
    if (node.opType !== 'Add' || node.domain !== '') return [node];
    const name = node.inputs.find((input) => initializers.has(input) && uses.get(input) === 1);
    const found = name === undefined ? undefined : tableOf(initializers.get(name)!);
    if (name === undefined || found === undefined) return [node];
    const looked = `${name}/looked up`;
    initializers.set(name, found.table);
    initializers.set(`${name}/places`, found.places);
    initializers.set(`${name}/sizes`, intTensor([found.dims.length], found.dims));
    const step = (opType: string, inputs: readonly string[], output: string, attributes: Attributes = {}) => ({
      ...{ opType, domain: '', name: output, inputs, outputs: [output], attributes },
    });
    return [
      step('Gather', [name, `${name}/places`], `${looked} by pair`, { axis: 1 }),
      step('Reshape', [`${looked} by pair`, `${name}/sizes`], looked),
      { ...node, inputs: node.inputs.map((input) => (input === name ? looked : input)) },
    ];
  });
  return { ...graph, nodes, initializers };
}

interface Table {
  /** [heads, distances] */
  readonly table: Tensor;
  /** For each pair of places, its distance's column. */
  readonly places: Tensor;
  readonly dims: readonly number[];
}

function tableOf({ dtype, dims, data }: Tensor): Table | undefined {
  const places = dims.at(-1);
  if (dtype !== 'float32' || dims.length < 3 || places === undefined || places < 4 || dims.at(-2) !== places)
    return undefined;
  const values = data as Float32Array;
  if (values.every((value) => value === values[0])) return undefined;
  for (const height of heightsOf(places)) {
    const columns = columnsOf(height, places / height);
    const table = tableFor(values, columns, elementCount(dims.slice(0, -2)));
    if (table !== undefined) return { table, places: intTensor([columns.length], columns), dims };
  }
  return undefined;
}

/** Heights of windows of so many places, the squarest first; one row is no window. */
function heightsOf(places: number): readonly number[] {
  const heights = Array.from({ length: places }, (_, i) => i + 1).filter((height) => places % height === 0);
  const shape = (height: number) => Math.abs(Math.log(height) - Math.log(places / height));
  return heights.filter((height) => height > 1 && height < places).sort((a, b) => shape(a) - shape(b) || a - b);
}

/** The column of each pair of places of a window: rows apart, then columns apart, each from the most negative on. */
function columnsOf(height: number, width: number): readonly number[] {
  const places = Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width] as const);
  return places.flatMap(([y, x]) =>
    places.map(([v, u]) => (y - v + height - 1) * (2 * width - 1) + (x - u + width - 1)),
  );
}

/** The table that gives these values; undefined when pairs equally far apart differ. */
function tableFor(values: Float32Array, columns: readonly number[], heads: number): Tensor | undefined {
  const width = columns.reduce((most, column) => Math.max(most, column), 0) + 1;
  const table = new Float32Array(heads * width).fill(Number.NaN);
  for (let i = 0; i < values.length; i++) {
    const at = Math.floor(i / columns.length) * width + columns[i % columns.length]!;
    if (Number.isNaN(table[at]!)) table[at] = values[i]!;
    else if (table[at] !== values[i]) return undefined;
  }
  return floatTensor([heads, width], table);
}
