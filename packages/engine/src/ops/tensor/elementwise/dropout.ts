import { graphError } from '../../../graph/errors.js';
import { tensorValues } from '../../../graph/tensor.js';
import type { ValueType } from '../../../graph/types.js';
import { maskLike, scalarLike, upstream } from '../../emit.js';
import type { GradientContext, Operator } from '../../operator.js';
import { requiredInput } from '../../shapes.js';

/**
 * Passes its input on, unless its third input (operator set 12 on) says that this is training: then it
 * drops a share of the elements, `ratio`, and scales the others up by `1 / (1 - ratio)`. The second output
 * says which elements were kept; the gradient needs it.
 */
export const dropout: Operator = {
  opType: 'Dropout',
  infer(context) {
    const type = requiredInput(context, 0);
    const mask: ValueType = { dtype: context.opset < 10 ? type.dtype : 'bool', shape: type.shape };
    return context.node.outputs.length > 1 ? [type, mask] : [type];
  },
  gradient(context) {
    const { builder, node } = context;
    const dy = upstream(context);
    const rest = node.inputs.slice(1).map(() => undefined);
    if (!isTraining(context)) return [dy, ...rest];
    const mask = node.outputs[1];
    if (mask === undefined || mask === '')
      throw graphError(node, 'trains, but does not give its mask as second output');
    const kept = builder.node('Mul', [dy, maskLike(builder, mask, dy)]);
    return [builder.node('Mul', [kept, scalarLike(builder, dy, 1 / (1 - ratioOf(context)))]), ...rest];
  },
};

function isTraining(context: GradientContext): boolean {
  if ((context.node.inputs[2] ?? '') === '') return false;
  const flag = context.constant(2);
  if (flag === undefined) throw graphError(context.node, 'takes its training mode from a computed value');
  return tensorValues(flag)[0] !== 0;
}

function ratioOf(context: GradientContext): number {
  if ((context.node.inputs[1] ?? '') === '') return 0.5;
  const ratio = context.constant(1);
  if (ratio === undefined) throw graphError(context.node, 'takes its ratio from a computed value');
  return tensorValues(ratio)[0]!;
}
