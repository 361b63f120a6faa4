import { maskLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/**
 * Limits values to a range: attributes `min` and `max` before operator set 11, inputs since. The gradient
 * passes where the value was left as it is, the ends of the range included, as in PyTorch.
 */
export const clip: Operator = {
  opType: 'Clip',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const x = context.input(0);
    const kept = maskLike(builder, builder.node('Equal', [x, context.output(0)]), x);
    return [builder.node('Mul', [upstream(context), kept])];
  },
};
