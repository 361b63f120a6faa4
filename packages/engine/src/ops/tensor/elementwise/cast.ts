import { intAttribute } from '../../../graph/attributes.js';
import { dtypeOfElementType, isFloat } from '../../../graph/dtype.js';
import { graphError } from '../../../graph/errors.js';
import { cast as emitCast, upstream } from '../../emit.js';
import { foldSame } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { requiredInput } from '../../shapes.js';

/** Changes the element type. A gradient flows back between floating-point types only. */
export const cast: Operator = {
  opType: 'Cast',
  infer(context) {
    const to = intAttribute(context.node, 'to', 0);
    const dtype = dtypeOfElementType(to);
    if (dtype === undefined)
      throw graphError(context.node, `casts to element type ${to}, which the engine cannot hold`);
    return [{ dtype, shape: requiredInput(context, 0).shape }];
  },
  fold: foldSame,
  gradient(context) {
    const { dtype } = context.type(context.input(0));
    return [isFloat(dtype) ? emitCast(context.builder, upstream(context), dtype) : undefined];
  },
};
