import { sumToShape, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { broadcastShape, requiredInput, requiredSizes } from '../../shapes.js';
import { elementAt, elementsOf } from '../../small-tensor.js';

/** Repeats a tensor until it has a given shape, by the rules of broadcasting. */
export const expand: Operator = {
  opType: 'Expand',
  infer(context) {
    const { dtype, shape } = requiredInput(context, 0);
    return [{ dtype, shape: broadcastShape(context.node, [shape, requiredSizes(context, 1, 'shape')]) }];
  },
  fold: ({ values: [data], output }) =>
    data === undefined ? undefined : elementsOf(output.shape, (index) => elementAt(data, index)),
  gradient(context) {
    return [sumToShape(context.builder, upstream(context), context.shape(context.input(0))), undefined];
  },
};
