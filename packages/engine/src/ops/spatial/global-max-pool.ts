import { shapeError } from '../../graph/errors.js';
import { maskLike, reduceSum } from '../emit.js';
import type { Operator } from '../operator.js';

/** Maximum over all spatial cells of a channel; its gradient goes to the cells that hold it, in equal shares. */
export const globalMaxPool: Operator = {
  opType: 'GlobalMaxPool',

  infer({ node, inputs }) {
    const [x] = inputs;
    if (x === undefined || x.shape.length < 3) throw shapeError(node, 'needs an input [N, C, ...]');
    return [{ dtype: x.dtype, shape: x.shape.map((size, axis) => (axis < 2 ? size : 1)) }];
  },

  gradient({ builder, input, output, outputGradient, shape, wants }) {
    const dy = outputGradient(0);
    if (dy === undefined || !wants(0)) return [];
    const spatial = shape(input(0)).flatMap((_, axis) => (axis < 2 ? [] : [axis]));
    const mask = maskLike(builder, builder.node('Equal', [input(0), output(0)]), dy);
    const ties = reduceSum(builder, mask, spatial, true);
    return [builder.node('Mul', [mask, builder.node('Div', [dy, ties])])];
  },
};
