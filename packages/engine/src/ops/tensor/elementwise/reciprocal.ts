import { upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = 1 / x`, `dy/dx = -y^2`. */
export const reciprocal: Operator = {
  opType: 'Reciprocal',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const y = context.output(0);
    return [builder.node('Neg', [builder.node('Mul', [upstream(context), builder.node('Mul', [y, y])])])];
  },
};
