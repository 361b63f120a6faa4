import { intAttribute } from '../../../graph/attributes.js';
import { reduceSum, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { normalizeAxis, sameAsInput } from '../../shapes.js';

/** `y = e^x / sum e^x`; the gradient is `y (dy - sum(dy y))`. */
export const softmax: Operator = {
  opType: 'Softmax',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const dy = upstream(context);
    const y = context.output(0);
    const axis = normalizeAxis(context.node, intAttribute(context.node, 'axis', -1), context.shape(y).length);
    const mean = reduceSum(builder, builder.node('Mul', [dy, y]), [axis], true);
    return [builder.node('Mul', [y, builder.node('Sub', [dy, mean])])];
  },
};
