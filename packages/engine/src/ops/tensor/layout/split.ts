import { intAttribute, intsAttribute } from '../../../graph/attributes.js';
import { shapeError } from '../../../graph/errors.js';
import type { GraphNode, Shape } from '../../../graph/types.js';
import { zerosLike } from '../../emit.js';
import type { Operator, ShapeContext } from '../../operator.js';
import { formatShape, normalizeAxis, requiredConstant, requiredInput } from '../../shapes.js';

/** Cuts a tensor along an axis into parts of given sizes, or into equal ones. */
export const split: Operator = {
  opType: 'Split',
  infer(context) {
    const { node } = context;
    const { dtype, shape } = requiredInput(context, 0);
    const axis = normalizeAxis(node, intAttribute(node, 'axis', 0), shape.length);
    return partSizes(context, shape, axis).map((size) => ({ dtype, shape: shape.with(axis, size) }));
  },
  gradient(context) {
    const { builder, node } = context;
    const axis = normalizeAxis(node, intAttribute(node, 'axis', 0), context.shape(context.input(0)).length);
    const parts = node.outputs.map((output, i) => context.outputGradient(i) ?? zerosLike(builder, output));
    return [builder.node('Concat', parts, { axis }), ...node.inputs.slice(1).map(() => undefined)];
  },
};

function partSizes(context: ShapeContext, shape: Shape, axis: number): readonly number[] {
  const { node } = context;
  const size = shape[axis]!;
  if (typeof size !== 'number') throw shapeError(node, `cuts axis ${axis}, whose size "${size}" is not known`);
  const given =
    intsAttribute(node, 'split') ??
    (context.inputs[1] === undefined ? undefined : requiredConstant(context, 1, 'sizes'));
  const sizes = given ?? equalParts(node, size);
  if (sizes.length !== node.outputs.length || sizes.reduce((sum, part) => sum + part, 0) !== size) {
    throw shapeError(node, `cannot cut axis ${axis} of ${formatShape(shape)} into parts of ${sizes.join(', ')}`);
  }
  return sizes;
}

/** Equal parts; when the size is not divisible the last one is smaller. */
function equalParts(node: GraphNode, size: number): readonly number[] {
  const count = node.outputs.length;
  const part = Math.ceil(size / count);
  return Array.from({ length: count }, (_, i) => (i < count - 1 ? part : size - part * (count - 1)));
}
