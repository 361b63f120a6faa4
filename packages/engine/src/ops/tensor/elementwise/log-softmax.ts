import { reduceSum, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';
import { softmaxAxes } from './softmax-axes.js';

/** `y = x - ln(sum e^x)`; the gradient is `dy - e^y sum(dy)`. */
export const logSoftmax: Operator = {
  opType: 'LogSoftmax',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const dy = upstream(context);
    const y = context.output(0);
    const axes = softmaxAxes(context.node, context.opset, context.shape(y).length);
    const total = reduceSum(builder, dy, axes, true);
    return [builder.node('Sub', [dy, builder.node('Mul', [builder.node('Exp', [y]), total])])];
  },
};
