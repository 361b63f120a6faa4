import type { GraphWriter } from '../graph/graph-writer.js';
import type { Graph, GraphNode } from '../graph/types.js';
import { noFeatureMap } from './errors.js';

/** Where Grad-CAM looks: the last value of a network that still has places. */
export interface FeatureMap {
  /** float32, [batch, channels, height, width]. */
  readonly name: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/**
 * The last feature map that a value depends on: the output of the last convolution with more than one place,
 * followed through what comes behind it at the same size, such as batch normalisation, residual additions,
 * concatenations and activations.
 *
 * @throws ChromarayError `CHROMARAY_EXPLAIN_NO_MAP`
 */
export function findFeatureMap(graph: Graph, types: Pick<GraphWriter, 'type'>, of: string): FeatureMap {
  const path = ancestors(graph, of);
  const sizeOf = (node: GraphNode): readonly number[] | undefined => {
    const { shape, dtype } = types.type(node.outputs[0]!);
    const [, channels, height, width] = shape;
    const known = [channels, height, width].every((side) => typeof side === 'number');
    return shape.length === 4 && dtype === 'float32' && known
      ? [Number(channels), Number(height), Number(width)]
      : undefined;
  };
  const isMap = (node: GraphNode): boolean => {
    const size = sizeOf(node);
    return /^Conv(Transpose)?$/.test(node.opType) && size !== undefined && size[1]! * size[2]! > 1;
  };
  const convolution = path.findLastIndex(isMap);
  if (convolution < 0) throw noFeatureMap(graph);
  const [, height, width] = sizeOf(path[convolution]!) as [number, number, number];
  const last = path.findLastIndex((node) => {
    const size = sizeOf(node);
    return size !== undefined && size[1] === height && size[2] === width;
  });
  const name = path[last]!.outputs[0]!;
  return { name, channels: sizeOf(path[last]!)![0]!, height, width };
}

/** The nodes that a value depends on, in the graph's order. */
function ancestors(graph: Graph, of: string): readonly GraphNode[] {
  const needed = new Set([of]);
  const path: GraphNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    for (const input of node.inputs) needed.add(input);
    path.push(node);
  }
  return path.reverse();
}
