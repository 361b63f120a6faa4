import { floatAttribute } from '../../../graph/attributes.js';
import { scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = max(0, x) + min(0, alpha (e^(x / alpha) - 1))`; alpha is 1 unless given. */
export const celu: Operator = {
  opType: 'Celu',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const x = context.input(0);
    const alpha = scalarLike(builder, x, floatAttribute(context.node, 'alpha', 1));
    const slope = builder.node('Exp', [
      builder.node('Div', [builder.node('Min', [x, scalarLike(builder, x, 0)]), alpha]),
    ]);
    return [builder.node('Mul', [upstream(context), slope])];
  },
};
