import { upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = -x`. */
export const neg: Operator = {
  opType: 'Neg',
  infer: sameAsInput,
  gradient(context) {
    return [context.builder.node('Neg', [upstream(context)])];
  },
};
