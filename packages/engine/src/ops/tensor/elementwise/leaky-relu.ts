import { floatAttribute } from '../../../graph/attributes.js';
import { maskLike, scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = x` for positive x and `alpha x` elsewhere; alpha is 0.01 unless given. */
export const leakyRelu: Operator = {
  opType: 'LeakyRelu',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const x = context.input(0);
    const alpha = floatAttribute(context.node, 'alpha', 0.01);
    const positive = maskLike(builder, builder.node('Greater', [x, scalarLike(builder, x, 0)]), x);
    // The slope is 1 or alpha: mask * (1 - alpha) + alpha, which is cheaper than a selection.
    const slope = builder.node('Add', [
      builder.node('Mul', [positive, scalarLike(builder, x, 1 - alpha)]),
      scalarLike(builder, x, alpha),
    ]);
    return [builder.node('Mul', [upstream(context), slope])];
  },
};
