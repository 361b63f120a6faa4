import { defaultOpset } from '../graph/opset.js';
import { carrySource } from '../graph/sources.js';
import type { Graph, GraphNode, Model, Tensor } from '../graph/types.js';
import { inferShapes } from './infer-shapes.js';
import { type UpgradeContext, upgrades } from './upgrade-nodes.js';

/**
 * The same model in a newer operator set, so that models exported years ago can be trained. A model that
 * already has this set or a later one is returned as it is.
 *
 * @throws ChromarayError what `inferShapes` finds, and `CHROMARAY_GRAPH_NODE` for a form that newer operator
 *   sets no longer have
 */
export function upgradeOpset(model: Model, opset = defaultOpset): Model {
  const current = model.opsets.get('') ?? 0;
  if (current >= opset) return model;
  const graph = upgradeGraph(model.graph, current, opset);
  return carrySource(model, { ...model, graph, opsets: new Map(model.opsets).set('', opset) });
}

function upgradeGraph(graph: Graph, current: number, opset: number): Graph {
  const types = inferShapes(graph, current);
  const initializers = new Map<string, Tensor>(graph.initializers);
  const names = new Set([...types.keys(), ...graph.nodes.map(({ name }) => name)]);
  const used = new Set([...graph.outputs.map(({ name }) => name), ...graph.nodes.flatMap(({ inputs }) => inputs)]);
  const unique = (hint: string): string => {
    let name = hint;
    for (let i = 1; names.has(name); i++) name = `${hint}_${i}`;
    names.add(name);
    return name;
  };
  const context: UpgradeContext = {
    unique,
    add(tensor) {
      const name = unique('upgraded');
      initializers.set(name, tensor);
      return name;
    },
    rank: (value) => types.get(value)?.shape.length ?? 0,
    isUsed: (value) => used.has(value),
  };
  const nodes = graph.nodes.flatMap((node): readonly GraphNode[] => {
    const upgrade = node.domain === '' ? upgrades[node.opType] : undefined;
    const upgraded =
      upgrade !== undefined && current < upgrade.since && upgrade.since <= opset
        ? upgrade.rewrite(node, context)
        : [node];
    return opset < splitsByCount ? upgraded : upgraded.map(withCount);
  });
  return carrySource(graph, { ...graph, nodes, initializers });
}

/** From this operator set on, `Split` without sizes must say into how many. */
const splitsByCount = 18;

function withCount(node: GraphNode): GraphNode {
  if (node.opType !== 'Split' || node.domain !== '' || (node.inputs[1] ?? '') !== '') return node;
  return { ...node, attributes: { num_outputs: node.outputs.length, ...node.attributes } };
}
