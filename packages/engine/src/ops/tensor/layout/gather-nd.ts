import { intAttribute } from '../../../graph/attributes.js';
import { graphError, shapeError } from '../../../graph/errors.js';
import { upstream, zerosLike } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { requiredInput } from '../../shapes.js';

/** Looks slices up by lists of indices, which are along the last axis; the gradient adds what arrives for each. */
export const gatherNd: Operator = {
  opType: 'GatherND',
  infer(context) {
    const [data, indices] = [requiredInput(context, 0), requiredInput(context, 1)];
    const batch = intAttribute(context.node, 'batch_dims', 0);
    const length = indices.shape.at(-1);
    if (typeof length !== 'number') throw shapeError(context.node, 'has indices of unknown length');
    return [{ dtype: data.dtype, shape: [...indices.shape.slice(0, -1), ...data.shape.slice(batch + length)] }];
  },
  gradient(context) {
    const { builder, node } = context;
    if (context.opset < 16 || intAttribute(node, 'batch_dims', 0) !== 0) {
      throw graphError(node, 'can be trained in operator set 16 or later, without batch_dims');
    }
    const [data, indices] = [context.input(0), context.input(1)];
    const inputs = [zerosLike(builder, data), indices, upstream(context)];
    return [builder.node('ScatterND', inputs, { reduction: 'add' }), undefined];
  },
};
