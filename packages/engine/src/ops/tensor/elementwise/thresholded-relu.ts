import { floatAttribute } from '../../../graph/attributes.js';
import { maskLike, scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = x` above `alpha` (1 unless given) and 0 elsewhere. */
export const thresholdedRelu: Operator = {
  opType: 'ThresholdedRelu',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const x = context.input(0);
    const alpha = scalarLike(builder, x, floatAttribute(context.node, 'alpha', 1));
    return [builder.node('Mul', [upstream(context), maskLike(builder, builder.node('Greater', [x, alpha]), x)])];
  },
};
