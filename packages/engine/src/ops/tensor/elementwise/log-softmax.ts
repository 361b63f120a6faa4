import { intAttribute } from '../../../graph/attributes.js';
import { reduceSum, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { normalizeAxis, sameAsInput } from '../../shapes.js';

/** `y = x - ln(sum e^x)`; the gradient is `dy - e^y sum(dy)`. */
export const logSoftmax: Operator = {
  opType: 'LogSoftmax',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const dy = upstream(context);
    const y = context.output(0);
    const axis = normalizeAxis(context.node, intAttribute(context.node, 'axis', -1), context.shape(y).length);
    const total = reduceSum(builder, dy, [axis], true);
    return [builder.node('Sub', [dy, builder.node('Mul', [builder.node('Exp', [y]), total])])];
  },
};
