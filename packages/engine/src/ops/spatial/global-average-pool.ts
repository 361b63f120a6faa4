import { shapeError } from '../../graph/errors.js';
import { expand, scalarLike } from '../emit.js';
import type { Operator } from '../operator.js';
import { product } from './window.js';

/** Mean over all spatial cells of a channel: `[N, C, ...]` to `[N, C, 1, ...]`. */
export const globalAveragePool: Operator = {
  opType: 'GlobalAveragePool',

  infer({ node, inputs }) {
    const [x] = inputs;
    if (x === undefined || x.shape.length < 3) throw shapeError(node, 'needs an input [N, C, ...]');
    return [{ dtype: x.dtype, shape: x.shape.map((size, axis) => (axis < 2 ? size : 1)) }];
  },

  gradient({ builder, input, outputGradient, shape, wants }) {
    const dy = outputGradient(0);
    if (dy === undefined || !wants(0)) return [];
    const sizes = shape(input(0));
    const each = builder.node('Div', [dy, scalarLike(builder, dy, product(sizes.slice(2)))]);
    return [expand(builder, each, sizes)];
  },
};
