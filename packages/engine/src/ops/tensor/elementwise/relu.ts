import { maskLike, scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = max(x, 0)`; the gradient at 0 is 0. */
export const relu: Operator = {
  opType: 'Relu',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const y = context.output(0);
    const positive = builder.node('Greater', [y, scalarLike(builder, y, 0)]);
    return [builder.node('Mul', [upstream(context), maskLike(builder, positive, y)])];
  },
};
