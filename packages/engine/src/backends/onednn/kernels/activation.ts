import { floatAttribute } from '../../../graph/attributes.js';
import { decodeHalf, encodeHalf } from '../../../graph/half.js';
import type { GraphNode } from '../../../graph/types.js';
import type { Compilation, Kernel } from '../compile/compilation.js';
import type { EltwiseAlgorithm } from '../native/constants.js';
import type { EltwisePost } from '../native/operation.js';
import type { Value } from '../plan/value.js';

/** Largest finite float32, for a range that is open at one end. */
const unbounded = 3.4028234663852886e38;

/** An activation as oneDNN has it, differentiated from its output wherever that can be. */
export function activationOf(node: GraphNode, c: Compilation): EltwisePost | undefined {
  const simple = (algorithm: EltwiseAlgorithm, alpha = 0, beta = 0): EltwisePost => ({ algorithm, alpha, beta });
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
      const from = low === '' ? -unbounded : storable(c.numbers(low)?.[0], c);
      const to = high === '' ? unbounded : storable(c.numbers(high)?.[0], c);
      return from === undefined || to === undefined ? undefined : simple('clip', from, to);
    }
    default:
      return undefined;
  }
}

/**
 * A bound as it is when it comes out as a value: the backward pass tells from the output whether the input was
 * clipped, and a bound that bfloat16 rounds inwards would look like a value within.
 */
function storable(bound: number | undefined, c: Compilation): number | undefined {
  if (bound === undefined || c.activations !== 'bfloat16') return bound;
  return decodeHalf('bfloat16', encodeHalf('bfloat16', bound));
}

/**
 * The activation that follows a node and nothing else does, so that the node can apply it while its result is
 * still in registers. It may come behind a max pooling: the maximum of rectified values is the rectified
 * maximum, and the backward pass then touches the pooled values only.
 */
export function followingActivation(
  node: GraphNode,
  c: Compilation,
): { readonly node: GraphNode; readonly operation: EltwisePost } | undefined {
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

/**
 * A layout in blocks of channels is filled up with zeros where the channels do not fill the last block. oneDNN has no
 * fast code for clipping and some other activations of such tensors (8 channels in blocks of 16: 20 times slower), but
 * zero stays zero, so they are run over the whole memory as one row, zeros included.
 */
function paddedFlat(x: Value, { algorithm, alpha, beta }: EltwisePost, c: Compilation) {
  const keepsZero = algorithm === 'clip' ? alpha <= 0 && beta >= 0 : algorithm !== 'logistic';
  const size = x.type === 'bfloat16' ? 2 : 4;
  const elements = c.scope.bytes(x.descriptor) / size;
  if (!keepsZero || elements === x.dims.reduce((a, b) => a * b, 1)) return undefined;
  return { dims: [elements], descriptor: c.scope.plain([elements], x.type) };
}

/** Relu, LeakyRelu, Clip, Sigmoid and Tanh. */
export const activation: Kernel = (node, c) => {
  const [input, output] = [node.inputs[0]!, node.outputs[0]!];
  const operation = activationOf(node, c);
  if (operation === undefined || !c.has(input)) return false;
  const { scope, program } = c;
  const absorbed = c.absorption(node);
  const x = c.value(input);
  const seen = paddedFlat(x, operation, c);
  const data = seen?.descriptor ?? x.descriptor;
  const { alpha, beta } = operation;
  const algorithm = `${operation.algorithm}-by-output` as EltwiseAlgorithm;
  const forward = scope.describe({ kind: 'eltwise', training: c.training, algorithm, alpha, beta, data });
  const backward = c.wants(input)
    ? scope.describe({ kind: 'eltwise-gradient', algorithm, alpha, beta, data, forward })
    : undefined;
  const as = (value: Value): Value => (seen === undefined ? value : { ...value, ...seen });
  const y = absorbed === undefined ? program.value(x.dims, x.type, x.descriptor, { fixed: x.fixed }) : x;
  if (absorbed === undefined) program.run(node.opType, forward, { source: as(x), destination: as(y) });
  c.define(output, y);
  c.onBackward(() => {
    const dy = c.gradient(output);
    if (dy === undefined || backward === undefined) return;
    if (absorbed === 'both') {
      c.addGradient(input, dy);
      return;
    }
    const upstream = program.convert(dy, x.descriptor, x.type);
    const dx = program.value(x.dims, x.type, x.descriptor);
    program.run(`${node.opType} gradient`, backward, {
      destination: as(y),
      destinationGradient: as(upstream),
      sourceGradient: as(dx),
    });
    c.addGradient(input, dx);
  });
  return true;
};
