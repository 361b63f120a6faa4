import { floatAttribute } from '../../../graph/attributes.js';
import { maskLike, scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = x` for positive x and `alpha (e^x - 1)` elsewhere; alpha is 1 unless given. */
export const elu: Operator = {
  opType: 'Elu',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const x = context.input(0);
    const alpha = floatAttribute(context.node, 'alpha', 1);
    const zero = scalarLike(builder, x, 0);
    const positive = maskLike(builder, builder.node('Greater', [x, zero]), x);
    const fall = builder.node('Exp', [builder.node('Min', [x, zero])]);
    const scaled = alpha === 1 ? fall : builder.node('Mul', [fall, scalarLike(builder, x, alpha)]);
    // The exponential is 1 where x is positive: what it comes to there is put right to 1.
    const slope =
      alpha === 1
        ? scaled
        : builder.node('Add', [scaled, builder.node('Mul', [positive, scalarLike(builder, x, 1 - alpha)])]);
    return [builder.node('Mul', [upstream(context), slope])];
  },
};
