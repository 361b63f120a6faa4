import { isFloat } from '../../../graph/dtype.js';
import { cast, upstream } from '../../emit.js';
import { foldSame } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { requiredInput } from '../../shapes.js';

/** Changes the element type to that of its second input, whose values do not matter. */
export const castLike: Operator = {
  opType: 'CastLike',
  infer(context) {
    return [{ dtype: requiredInput(context, 1).dtype, shape: requiredInput(context, 0).shape }];
  },
  fold: foldSame,
  gradient(context) {
    const { dtype } = context.type(context.input(0));
    return [isFloat(dtype) ? cast(context.builder, upstream(context), dtype) : undefined, undefined];
  },
};
