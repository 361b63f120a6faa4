import type { Graph, GraphNode, Tensor } from '../graph/types.js';
import { constantTensor } from '../ops/tensor/layout/constant.js';
import { isUniform } from './untie.js';

/**
 * The graph with weights as weights: Constant nodes become initializers, and Identity nodes of weights are taken
 * out. PyTorch writes one weight that several layers share that way, and also weights that happen to be equal: those
 * of one single value get tensors of their own under their names (see `untie`), and so does a running statistic that
 * shares its tensor with a trained weight.
 */
export function inlineAliases(graph: Graph): Graph {
  const initializers = new Map<string, Tensor>(graph.initializers);
  const alias = new Map<string, string>();
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const nodes = graph.nodes.flatMap((node): readonly GraphNode[] => {
    const [input = '', output = ''] = [node.inputs[0], node.outputs[0]];
    if (node.domain === '' && node.opType === 'Constant') {
      initializers.set(output, constantTensor(node));
      return [];
    }
    const source = alias.get(input) ?? input;
    if (node.domain === '' && node.opType === 'Identity' && initializers.has(source) && !outputs.has(output)) {
      alias.set(output, source);
      return [];
    }
    return [node];
  });
  const uses = usesOf(nodes, alias);
  const resolve = (node: GraphNode, name: string, i: number): string => {
    const source = alias.get(name) ?? name;
    if (alias.has(name) && isUniform(node, initializers.get(source)!)) {
      initializers.set(name, { ...initializers.get(source)! });
      return name;
    }
    if (!isStatistic(node, i) || (uses.get(source) ?? 0) <= 1) return source;
    const own = alias.has(name) ? name : `${node.outputs[0]}/${i === 3 ? 'running_mean' : 'running_var'}`;
    initializers.set(own, initializers.get(source)!);
    return own;
  };
  return {
    ...graph,
    nodes: nodes.map((node) => {
      const inputs = node.inputs.map((name, i) => resolve(node, name, i));
      return inputs.some((name, i) => name !== node.inputs[i]) ? { ...node, inputs } : node;
    }),
    initializers,
  };
}

function isStatistic({ opType, domain }: GraphNode, input: number): boolean {
  return opType === 'BatchNormalization' && domain === '' && input >= 3;
}

function usesOf(nodes: readonly GraphNode[], alias: ReadonlyMap<string, string>): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const name of nodes.flatMap(({ inputs }) => inputs)) {
    const source = alias.get(name) ?? name;
    uses.set(source, (uses.get(source) ?? 0) + 1);
  }
  return uses;
}
