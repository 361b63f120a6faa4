import { reduceSum, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';
import { softmaxAxes } from './softmax-axes.js';

/** `y = e^x / sum e^x`; the gradient is `y (dy - sum(dy y))`. */
export const softmax: Operator = {
  opType: 'Softmax',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const dy = upstream(context);
    const y = context.output(0);
    const axes = softmaxAxes(context.node, context.opset, context.shape(y).length);
    const mean = reduceSum(builder, builder.node('Mul', [dy, y]), axes, true);
    return [builder.node('Mul', [y, builder.node('Sub', [dy, mean])])];
  },
};
