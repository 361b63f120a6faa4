import { scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = sqrt x`, `dy/dx = 1 / (2 y)`. */
export const sqrt: Operator = {
  opType: 'Sqrt',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const half = builder.node('Mul', [upstream(context), scalarLike(builder, context.output(0), 0.5)]);
    return [builder.node('Div', [half, context.output(0)])];
  },
};
