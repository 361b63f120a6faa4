import { intAttribute } from '../../../graph/attributes.js';
import { graphError } from '../../../graph/errors.js';
import { upstream, zerosLike } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { normalizeAxis, requiredInput } from '../../shapes.js';

/** Looks elements up along an axis, each by an index of its own; the gradient adds what arrives for each. */
export const gatherElements: Operator = {
  opType: 'GatherElements',
  infer(context) {
    return [{ dtype: requiredInput(context, 0).dtype, shape: requiredInput(context, 1).shape }];
  },
  gradient(context) {
    const { builder, node } = context;
    if (context.opset < 16) {
      throw graphError(node, `needs operator set 16 or later to be trained; the model has ${context.opset}`);
    }
    const [data, indices] = [context.input(0), context.input(1)];
    const axis = normalizeAxis(node, intAttribute(node, 'axis', 0), context.shape(data).length);
    const inputs = [zerosLike(builder, data), indices, upstream(context)];
    return [builder.node('ScatterElements', inputs, { axis, reduction: 'add' }), undefined];
  },
};
