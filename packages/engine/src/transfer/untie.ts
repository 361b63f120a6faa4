import type { Graph, GraphNode, Tensor } from '../graph/types.js';
import { weightInputs } from './weight-inputs.js';

/**
 * The graph in which weights that exporters have merged because they were equal are weights of their own again.
 * PyTorch's exporters store equal tensors once: in a network that has not been trained for long, all biases of 0 and
 * all scales of 1 would move together. Tensors of one single value are taken for such; what several layers share with
 * different values is shared by design.
 *
 * @param graph - without Constant nodes and Identity nodes of weights, see `inlineAliases`
 */
export function untie(graph: Graph): Graph {
  const initializers = new Map<string, Tensor>(graph.initializers);
  const taken = new Set([...initializers.keys(), ...graph.nodes.flatMap(({ outputs }) => outputs)]);
  const used = new Set<string>();
  const nodes = graph.nodes.map((node): GraphNode => {
    const weights = node.domain === '' ? (weightInputs[node.opType] ?? []) : [];
    const inputs = node.inputs.map((name, i) => {
      const tensor = initializers.get(name);
      if (tensor === undefined || !weights.includes(i) || !isUniform(node, tensor)) return name;
      if (!used.has(name)) {
        used.add(name);
        return name;
      }
      let own = `${name}/${node.outputs[0]}`;
      while (taken.has(own)) own += '_';
      taken.add(own);
      initializers.set(own, { ...tensor, data: tensor.data.slice() });
      return own;
    });
    return inputs.some((name, i) => name !== node.inputs[i]) ? { ...node, inputs } : node;
  });
  return { ...graph, nodes, initializers };
}

/** Whether a weight has nothing but one value; single numbers are constants of the architecture, but for PRelu's slope. */
export function isUniform({ opType }: Pick<GraphNode, 'opType'>, { dtype, data }: Tensor): boolean {
  if (dtype !== 'float32' || (data.length <= 1 && opType !== 'PRelu')) return false;
  const floats = data as Float32Array;
  return floats.every((value) => value === floats[0]);
}
