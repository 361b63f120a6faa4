import { upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = e^x`, `dy/dx = y`. */
export const exp: Operator = {
  opType: 'Exp',
  infer: sameAsInput,
  gradient(context) {
    return [context.builder.node('Mul', [upstream(context), context.output(0)])];
  },
};
