import { sumToShape, upstream } from '../../emit.js';
import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { broadcastInputs } from '../../shapes.js';

/** `a - b`, with broadcasting. */
export const sub: Operator = {
  opType: 'Sub',
  infer: broadcastInputs,
  fold: foldElements(
    (a, b) => a! - b!,
    (a, b) => (b === 0 ? a : a === b ? 0 : undefined),
  ),
  gradient(context) {
    const { builder } = context;
    const dy = upstream(context);
    const [a, b] = [context.input(0), context.input(1)];
    return [
      context.wants(0) ? sumToShape(builder, dy, context.shape(a)) : undefined,
      // Negated after the sum, where there is less of it.
      context.wants(1) ? builder.node('Neg', [sumToShape(builder, dy, context.shape(b))]) : undefined,
    ];
  },
};
