import { upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** The cosine. */
export const cos: Operator = {
  opType: 'Cos',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    return [builder.node('Mul', [upstream(context), builder.node('Neg', [builder.node('Sin', [context.input(0)])])])];
  },
};
