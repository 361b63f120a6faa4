import { sumToShape, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { broadcastInputs } from '../../shapes.js';

/** The sum of any number of inputs, with broadcasting. */
export const sum: Operator = {
  opType: 'Sum',
  infer: broadcastInputs,
  gradient(context) {
    const dy = upstream(context);
    return context.node.inputs.map((input, i) =>
      context.wants(i) ? sumToShape(context.builder, dy, context.shape(input)) : undefined,
    );
  },
};
