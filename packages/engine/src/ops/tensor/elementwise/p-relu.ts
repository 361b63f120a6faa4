import { maskLike, scalarLike, sumToShape, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { broadcastShape, commonType, requiredInput } from '../../shapes.js';

/** `y = x` for positive x and `slope x` elsewhere; the slope is trained, and broadcast to the input's shape. */
export const pRelu: Operator = {
  opType: 'PRelu',
  infer(context) {
    const shapes = [requiredInput(context, 0).shape, requiredInput(context, 1).shape];
    return [{ dtype: commonType(context, [0, 1]), shape: broadcastShape(context.node, shapes) }];
  },
  gradient(context) {
    const { builder } = context;
    const dy = upstream(context);
    const [x, slope] = [context.input(0), context.input(1)];
    const zero = scalarLike(builder, x, 0);
    const inputGradient = () => {
      const positive = maskLike(builder, builder.node('Greater', [x, zero]), x);
      const rest = builder.node('Sub', [scalarLike(builder, x, 1), positive]);
      return builder.node('Mul', [dy, builder.node('Add', [positive, builder.node('Mul', [rest, slope])])]);
    };
    const slopeGradient = () => builder.node('Mul', [dy, builder.node('Min', [x, zero])]);
    return [
      context.wants(0) ? inputGradient() : undefined,
      context.wants(1) ? sumToShape(builder, slopeGradient(), context.shape(slope)) : undefined,
    ];
  },
};
