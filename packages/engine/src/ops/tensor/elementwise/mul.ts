import { sumToShape, upstream } from '../../emit.js';
import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { broadcastInputs } from '../../shapes.js';
import { productOf } from '../../sizes.js';

/** `a b`, with broadcasting. */
export const mul: Operator = {
  opType: 'Mul',
  infer: broadcastInputs,
  fold: foldElements(
    (a, b) => a! * b!,
    // A factor below 0 is no size, so the product is not one that a name can stand for.
    (a, b) =>
      [a!, b!].some((factor) => Number(factor) < 0 || Number(factor) % 1 > 0) ? undefined : productOf([a!, b!]),
  ),
  gradient(context) {
    const { builder } = context;
    const dy = upstream(context);
    const [a, b] = [context.input(0), context.input(1)];
    return [
      context.wants(0) ? sumToShape(builder, builder.node('Mul', [dy, b]), context.shape(a)) : undefined,
      context.wants(1) ? sumToShape(builder, builder.node('Mul', [dy, a]), context.shape(b)) : undefined,
    ];
  },
};
