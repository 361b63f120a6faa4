import { scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = 1 / (1 + e^-x)`, `dy/dx = y (1 - y)`. */
export const sigmoid: Operator = {
  opType: 'Sigmoid',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const y = context.output(0);
    const slope = builder.node('Mul', [y, builder.node('Sub', [scalarLike(builder, y, 1), y])]);
    return [builder.node('Mul', [upstream(context), slope])];
  },
};
