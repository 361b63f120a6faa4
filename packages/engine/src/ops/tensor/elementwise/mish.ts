import { scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = x t` with `t = tanh(ln(1 + e^x))` (operator set 18); `dy/dx = t + x (1 - t^2) sigmoid(x)`. */
export const mish: Operator = {
  opType: 'Mish',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const x = context.input(0);
    const t = builder.node('Tanh', [builder.node('Softplus', [x])]);
    const rest = builder.node('Sub', [scalarLike(builder, x, 1), builder.node('Mul', [t, t])]);
    const bend = builder.node('Mul', [builder.node('Mul', [x, rest]), builder.node('Sigmoid', [x])]);
    return [builder.node('Mul', [upstream(context), builder.node('Add', [t, bend])])];
  },
};
