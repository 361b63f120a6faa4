import { reduceSum, reshape, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { requiredConstant, requiredInput } from '../../shapes.js';
import { productOf } from '../../sizes.js';

/** Repeats a tensor along its axes; the gradient adds up what comes back to each element. */
export const tile: Operator = {
  opType: 'Tile',
  infer(context) {
    const { dtype, shape } = requiredInput(context, 0);
    const repeats = requiredConstant(context, 1, 'repeats');
    return [{ dtype, shape: shape.map((size, axis) => productOf([repeats[axis]!, size])) }];
  },
  gradient(context) {
    const { builder } = context;
    const [shape, result] = [context.shape(context.input(0)), context.shape(context.output(0))];
    const apart = shape.flatMap((size, axis) => [size === 0 ? 1 : result[axis]! / size, size]);
    const axes = shape.map((_, axis) => 2 * axis);
    return [reduceSum(builder, reshape(builder, upstream(context), apart), axes, false), undefined];
  },
};
