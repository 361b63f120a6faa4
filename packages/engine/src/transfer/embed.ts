import type { Graph } from '../graph/types.js';
import { headNames } from '../layers/head.js';
import type { NetworkBuilder } from '../layers/network-builder.js';

/** Names that the engine gives a meaning, or that a head will have. */
const reserved = new RegExp(`^(pixels|probability)$|^(step|gradient|colour)/|${headNames.source}`);

/**
 * Adds a graph to a network under construction. Its names stay as they are, so that patterns can be written from
 * the file; only those that are taken get `pretrained/` in front.
 *
 * @param given - values of the network to be used in place of the graph's inputs
 * @param trained - those of the graph's initializers that are trained
 * @returns the names that had to change
 */
export function embed(
  network: NetworkBuilder,
  graph: Graph,
  given: ReadonlyMap<string, string>,
  trained: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const builder = network.graph;
  const names = new Map(given);
  const free = (name: string): string => {
    if (name === '' || !(builder.has(name) || reserved.test(name))) return name;
    const other = builder.unique(`pretrained/${name}`);
    names.set(name, other);
    return other;
  };
  for (const [name, tensor] of graph.initializers) {
    const own = free(name);
    if (trained.has(name)) network.trained(own, tensor);
    else builder.constant(own, tensor);
  }
  const nodeNames = new Set(builder.nodeList().map(({ name }) => name));
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((input) => names.get(input) ?? input);
    let { name } = node;
    while (nodeNames.has(name)) name = `pretrained/${name}`;
    nodeNames.add(name);
    builder.append({ ...node, name, inputs, outputs: node.outputs.map(free) });
  }
  return names;
}
