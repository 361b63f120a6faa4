import { scalarLike, sumToShape, upstream } from '../../emit.js';
import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { broadcastShape, commonType, requiredInput } from '../../shapes.js';

/** The second input where the first is true, the third elsewhere, with broadcasting. */
export const where: Operator = {
  opType: 'Where',
  infer(context) {
    const shapes = [0, 1, 2].map((i) => requiredInput(context, i).shape);
    return [{ dtype: commonType(context, [1, 2]), shape: broadcastShape(context.node, shapes) }];
  },
  fold: foldElements(
    (condition, a, b) => (condition !== 0 ? a! : b!),
    (condition, a, b) => (typeof condition === 'number' ? (condition !== 0 ? a! : b!) : a === b ? a : undefined),
  ),
  gradient(context) {
    const { builder } = context;
    const dy = upstream(context);
    const [condition, a, b] = [context.input(0), context.input(1), context.input(2)];
    const zero = scalarLike(builder, dy, 0);
    return [
      undefined,
      context.wants(1)
        ? sumToShape(builder, builder.node('Where', [condition, dy, zero]), context.shape(a))
        : undefined,
      context.wants(2)
        ? sumToShape(builder, builder.node('Where', [condition, zero, dy]), context.shape(b))
        : undefined,
    ];
  },
};
