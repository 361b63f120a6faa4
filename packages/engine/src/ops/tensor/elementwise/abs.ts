import { upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = |x|`; the gradient at 0 is 0. */
export const abs: Operator = {
  opType: 'Abs',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    return [builder.node('Mul', [upstream(context), builder.node('Sign', [context.input(0)])])];
  },
};
