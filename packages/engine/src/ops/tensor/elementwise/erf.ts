import { scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** The error function, `dy/dx = 2 / sqrt(pi) * e^(-x^2)`. */
export const erf: Operator = {
  opType: 'Erf',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const x = context.input(0);
    const bell = builder.node('Exp', [builder.node('Neg', [builder.node('Mul', [x, x])])]);
    const slope = builder.node('Mul', [bell, scalarLike(builder, x, 2 / Math.sqrt(Math.PI))]);
    return [builder.node('Mul', [upstream(context), slope])];
  },
};
