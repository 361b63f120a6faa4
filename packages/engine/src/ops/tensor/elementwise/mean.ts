import { scalarLike, sumToShape, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { broadcastInputs } from '../../shapes.js';

/** The mean of its inputs, element by element, with broadcasting. */
export const mean: Operator = {
  opType: 'Mean',
  infer: broadcastInputs,
  gradient(context) {
    const { builder, node } = context;
    const dy = upstream(context);
    const share = builder.node('Mul', [dy, scalarLike(builder, dy, 1 / node.inputs.length)]);
    return node.inputs.map((input, i) =>
      context.wants(i) ? sumToShape(builder, share, context.shape(input)) : undefined,
    );
  },
};
