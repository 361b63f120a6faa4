import { floatAttribute } from '../../../graph/attributes.js';
import { maskLike, scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = clip(alpha x + beta, 0, 1)`, alpha 0.2 and beta 0.5 unless given; flat where it is clipped. */
export const hardSigmoid: Operator = {
  opType: 'HardSigmoid',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const y = context.output(0);
    const alpha = floatAttribute(context.node, 'alpha', 0.2);
    // Both sides of the parabola y (1 - y) are 0 where y is clipped.
    const within = builder.node('Mul', [y, builder.node('Sub', [scalarLike(builder, y, 1), y])]);
    const sloping = maskLike(builder, builder.node('Greater', [within, scalarLike(builder, y, 0)]), y);
    return [builder.node('Mul', [upstream(context), builder.node('Mul', [sloping, scalarLike(builder, y, alpha)])])];
  },
};
