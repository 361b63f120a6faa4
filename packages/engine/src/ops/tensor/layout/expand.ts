import type { Dim } from '../../../graph/types.js';
import { sumToShape, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { broadcastShape, requiredInput, requiredSizes } from '../../shapes.js';

/** Repeats a tensor until it has a given shape, by the rules of broadcasting. */
export const expand: Operator = {
  opType: 'Expand',
  infer(context) {
    const { dtype, shape } = requiredInput(context, 0);
    return [{ dtype, shape: broadcastShape(context.node, [shape, requiredSizes(context, 1, 'shape')]) }];
  },
  fold({ values: [data], output }) {
    return data?.length === 1 && output.shape.length <= 1
      ? new Array<Dim>((output.shape[0] as number | undefined) ?? 1).fill(data[0]!)
      : undefined;
  },
  gradient(context) {
    return [sumToShape(context.builder, upstream(context), context.shape(context.input(0))), undefined];
  },
};
