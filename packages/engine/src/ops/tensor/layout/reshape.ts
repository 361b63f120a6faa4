import { intAttribute, intsAttribute } from '../../../graph/attributes.js';
import { shapeError } from '../../../graph/errors.js';
import type { Dim, GraphNode, Shape } from '../../../graph/types.js';
import { foldSame } from '../../fold.js';
import type { Operator, ShapeContext } from '../../operator.js';
import { formatShape, requiredInput, requiredSizes } from '../../shapes.js';
import { productOf, quotientOf } from '../../sizes.js';
import { restoreShape } from './restore-shape.js';

/**
 * Regroups the elements: 0 copies a size of the input (unless `allowzero`), one -1 takes what is left.
 * The sizes are an attribute before operator set 5, an input since.
 */
export const reshape: Operator = {
  opType: 'Reshape',
  infer(context) {
    const { dtype, shape } = requiredInput(context, 0);
    return [{ dtype, shape: reshaped(context.node, shape, requestedSizes(context)) }];
  },
  fold: foldSame,
  gradient: restoreShape,
};

function requestedSizes(context: ShapeContext): readonly Dim[] {
  return intsAttribute(context.node, 'shape') ?? requiredSizes(context, 1, 'shape');
}

function reshaped(node: GraphNode, from: Shape, requested: readonly Dim[]): Shape {
  const allowZero = intAttribute(node, 'allowzero', 0) !== 0;
  const sizes: Dim[] = requested.map((size, axis) => {
    if (size !== 0 || allowZero) return size;
    const copied = from[axis];
    if (copied === undefined) throw shapeError(node, `copies size ${axis} of the shape ${formatShape(from)}`);
    return copied;
  });
  const open = sizes.indexOf(-1);
  if (open >= 0)
    sizes[open] = remaining(
      node,
      from,
      sizes.filter((_, axis) => axis !== open),
    );
  const [before, after] = [productOf(from), productOf(sizes)];
  if (typeof before === 'number' && typeof after === 'number' && before !== after) {
    throw shapeError(node, `cannot regroup ${formatShape(from)} as ${formatShape(requested)}`);
  }
  return sizes;
}

/** The size of the axis given as -1: what `from` holds, divided by the other sizes. */
function remaining(node: GraphNode, from: Shape, others: readonly Dim[]): Dim {
  const [total, taken] = [productOf(from), productOf(others)];
  if (taken === 0) return 0;
  const rest = quotientOf(total, taken);
  if (rest !== undefined) return rest;
  if (typeof total === 'number' && typeof taken === 'number') {
    throw shapeError(node, `cannot divide ${formatShape(from)} by ${taken}`);
  }
  return `(${total})/(${taken})`;
}
