import { scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `dy/dx = 1 - y^2`. */
export const tanh: Operator = {
  opType: 'Tanh',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const y = context.output(0);
    const slope = builder.node('Sub', [scalarLike(builder, y, 1), builder.node('Mul', [y, y])]);
    return [builder.node('Mul', [upstream(context), slope])];
  },
};
