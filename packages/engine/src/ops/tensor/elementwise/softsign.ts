import { scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = x / (1 + |x|)`, `dy/dx = 1 / (1 + |x|)^2`. */
export const softsign: Operator = {
  opType: 'Softsign',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const x = context.input(0);
    const spread = builder.node('Add', [builder.node('Abs', [x]), scalarLike(builder, x, 1)]);
    return [builder.node('Div', [upstream(context), builder.node('Mul', [spread, spread])])];
  },
};
