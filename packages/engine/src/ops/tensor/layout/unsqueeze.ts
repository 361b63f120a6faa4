import { graphError, shapeError } from '../../../graph/errors.js';
import type { Dim } from '../../../graph/types.js';
import { foldSame } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { normalizeAxis, requiredInput } from '../../shapes.js';
import { givenAxes } from './axes.js';
import { restoreShape } from './restore-shape.js';

/** Inserts axes of size 1; they are counted in the result. */
export const unsqueeze: Operator = {
  opType: 'Unsqueeze',
  infer(context) {
    const { node } = context;
    const { dtype, shape } = requiredInput(context, 0);
    const given = givenAxes(context, 1);
    if (given === undefined) throw graphError(node, 'names no axes');
    const rank = shape.length + given.length;
    const axes = new Set(given.map((axis) => normalizeAxis(node, axis, rank)));
    if (axes.size !== given.length) throw shapeError(node, `names an axis twice: [${given.join(', ')}]`);
    const rest = [...shape];
    return [{ dtype, shape: Array.from({ length: rank }, (_, axis): Dim => (axes.has(axis) ? 1 : rest.shift()!)) }];
  },
  fold: foldSame,
  gradient: restoreShape,
};
