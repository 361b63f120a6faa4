import { intAttribute } from '../../../graph/attributes.js';
import type { Operator } from '../../operator.js';
import { normalizeAxis, requiredInput } from '../../shapes.js';
import { productOf } from '../../sizes.js';
import { restoreShape } from './restore-shape.js';

/** Makes a matrix: the axes before `axis` become its rows, the others its columns. */
export const flatten: Operator = {
  opType: 'Flatten',
  infer(context) {
    const { dtype, shape } = requiredInput(context, 0);
    const given = intAttribute(context.node, 'axis', 1);
    const axis = given === shape.length ? given : normalizeAxis(context.node, given, shape.length);
    return [{ dtype, shape: [productOf(shape.slice(0, axis)), productOf(shape.slice(axis))] }];
  },
  gradient: restoreShape,
};
