import { shapeError } from '../../../graph/errors.js';
import { foldSame } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { formatShape, normalizeAxis, requiredInput } from '../../shapes.js';
import { givenAxes } from './axes.js';
import { restoreShape } from './restore-shape.js';

/** Removes axes of size 1: the given ones, or all there are. */
export const squeeze: Operator = {
  opType: 'Squeeze',
  infer(context) {
    const { node } = context;
    const { dtype, shape } = requiredInput(context, 0);
    const axes = givenAxes(context, 1)?.map((axis) => normalizeAxis(node, axis, shape.length));
    const wide = axes?.find((axis) => shape[axis] !== 1);
    if (wide !== undefined)
      throw shapeError(node, `cannot remove axis ${wide} of ${formatShape(shape)}: its size is not 1`);
    return [{ dtype, shape: shape.filter((dim, axis) => (axes === undefined ? dim !== 1 : !axes.includes(axis))) }];
  },
  fold: foldSame,
  gradient: restoreShape,
};
