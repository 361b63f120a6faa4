import { floatAttribute } from '../graph/attributes.js';
import { floatTensor } from '../graph/tensor.js';
import type { Graph, GraphNode, Tensor } from '../graph/types.js';

/** Clip takes its ends as inputs since this operator set. */
const oldestOpset = 11;

/**
 * The graph with the activations of MobileNetV3 written out in operators that have gradients:
 * `HardSigmoid(x) = clip(alpha x + beta, 0, 1)` and `HardSwish(x) = x HardSigmoid(x)` with alpha 1/6 and beta 1/2, as the
 * ONNX specification defines them.
 */
export function decomposeActivations(graph: Graph, opset: number): Graph {
  if (opset < oldestOpset) return graph;
  const initializers = new Map<string, Tensor>(graph.initializers);
  const nodes = graph.nodes.flatMap((node): readonly GraphNode[] => {
    const isSwish = node.opType === 'HardSwish';
    if (node.domain !== '' || !(isSwish || node.opType === 'HardSigmoid')) return [node];
    const [x, output] = [node.inputs[0]!, node.outputs[0]!];
    const number = (what: string, value: number): string => {
      const name = `${output}/${what}`;
      initializers.set(name, floatTensor([], [value]));
      return name;
    };
    const step = (opType: string, inputs: readonly string[], made: string): GraphNode => ({
      ...{ opType, domain: '', name: `${node.name}/${opType}`, inputs, outputs: [made], attributes: {} },
    });
    const alpha = number('alpha', isSwish ? 1 / 6 : floatAttribute(node, 'alpha', 0.2));
    const beta = number('beta', isSwish ? 0.5 : floatAttribute(node, 'beta', 0.5));
    const gate = isSwish ? `${output}/gate` : output;
    return [
      step('Mul', [x, alpha], `${output}/scaled`),
      step('Add', [`${output}/scaled`, beta], `${output}/shifted`),
      step('Clip', [`${output}/shifted`, number('low', 0), number('high', 1)], gate),
      ...(isSwish ? [{ ...step('Mul', [x, gate], output), name: `${node.name}/gated` }] : []),
    ];
  });
  return { ...graph, nodes, initializers };
}
