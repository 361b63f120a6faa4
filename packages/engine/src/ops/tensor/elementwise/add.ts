import { sumToShape, upstream } from '../../emit.js';
import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { broadcastInputs } from '../../shapes.js';
import { sumOf } from '../../sizes.js';

/** `a + b`, with broadcasting. */
export const add: Operator = {
  opType: 'Add',
  infer: broadcastInputs,
  fold: foldElements(
    (a, b) => a! + b!,
    (a, b) => sumOf(a!, b!),
  ),
  gradient(context) {
    const dy = upstream(context);
    return [0, 1].map((i) =>
      context.wants(i) ? sumToShape(context.builder, dy, context.shape(context.input(i))) : undefined,
    );
  },
};
