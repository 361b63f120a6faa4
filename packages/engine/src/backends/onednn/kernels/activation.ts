import type { GraphNode } from '../../../graph/types.js';
import { floatAttribute } from '../../../ops/attributes.js';
import type { Compilation, Kernel } from '../compile/compilation.js';
import type { EltwiseAlgorithm } from '../native/constants.js';
import type { PostOperation } from '../native/operation.js';

/** Largest finite float32, for a range that is open at one end. */
const unbounded = 3.4028234663852886e38;

/** An activation as oneDNN has it, differentiated from its output wherever that can be. */
export function activationOf(node: GraphNode, c: Compilation): PostOperation | undefined {
  const simple = (algorithm: EltwiseAlgorithm, alpha = 0, beta = 0): PostOperation => ({ algorithm, alpha, beta });
  switch (node.opType) {
    case 'Relu':
      return simple('relu');
    case 'LeakyRelu': {
      const slope = floatAttribute(node, 'alpha', 0.01);
      return slope >= 0 ? simple('relu', slope) : undefined;
    }
    case 'Sigmoid':
      return simple('logistic');
    case 'Tanh':
      return simple('tanh');
    case 'Clip': {
      if (c.opset < 11) return undefined;
      const [, low = '', high = ''] = node.inputs;
      const from = low === '' ? -unbounded : c.numbers(low)?.[0];
      const to = high === '' ? unbounded : c.numbers(high)?.[0];
      return from === undefined || to === undefined ? undefined : simple('clip', from, to);
    }
    default:
      return undefined;
  }
}

/**
 * The activation that follows a node and nothing else does, so that the node can apply it while its result is
 * still in registers. It may stand behind a max pooling: the maximum of rectified values is the rectified
 * maximum, and the backward pass then touches the pooled values only.
 */
export function followingActivation(
  node: GraphNode,
  c: Compilation,
): { readonly node: GraphNode; readonly operation: PostOperation } | undefined {
  const next = onlyConsumer(node.outputs[0]!, c);
  if (next === undefined) return undefined;
  const activation = next.opType === 'MaxPool' && next.outputs.length === 1 ? onlyConsumer(next.outputs[0]!, c) : next;
  if (activation === undefined || (activation !== next && !['Relu', 'Clip'].includes(activation.opType))) {
    return undefined;
  }
  const operation = activationOf(activation, c);
  return operation === undefined ? undefined : { node: activation, operation };
}

/** The one node that takes a value, when the value is needed nowhere else. */
export function onlyConsumer(name: string, c: Compilation): GraphNode | undefined {
  const consumers = c.consumers(name);
  return consumers.length === 1 && !c.isOutput(name) && consumers[0]!.inputs[0] === name ? consumers[0] : undefined;
}

/** Relu, LeakyRelu, Clip, Sigmoid and Tanh. */
export const activation: Kernel = (node, c) => {
  const [input, output] = [node.inputs[0]!, node.outputs[0]!];
  const operation = activationOf(node, c);
  if (operation === undefined || !c.has(input)) return false;
  const { scope, program } = c;
  const absorbed = c.absorption(node);
  const x = c.value(input);
  const data = x.descriptor;
  const { alpha, beta } = operation;
  const algorithm = `${operation.algorithm}-by-output` as EltwiseAlgorithm;
  const forward = scope.describe({ kind: 'eltwise', training: c.training, algorithm, alpha, beta, data });
  const backward = c.wants(input)
    ? scope.describe({ kind: 'eltwise-gradient', algorithm, alpha, beta, data, forward })
    : undefined;
  const y = absorbed === undefined ? program.value(x.dims, x.type, data, { fixed: x.fixed }) : x;
  if (absorbed === undefined) program.run(node.opType, forward, { source: x, destination: y });
  c.define(output, y);
  c.onBackward(() => {
    const dy = c.gradient(output);
    if (dy === undefined || backward === undefined) return;
    if (absorbed === 'both') {
      c.addGradient(input, dy);
      return;
    }
    const upstream = program.convert(dy, data, x.type);
    const dx = program.value(x.dims, x.type, data);
    program.run(`${node.opType} gradient`, backward, {
      destination: y,
      destinationGradient: upstream,
      sourceGradient: dx,
    });
    c.addGradient(input, dx);
  });
  return true;
};
