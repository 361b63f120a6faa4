import { intAttribute } from '../../../graph/attributes.js';
import type { Dim, ValueType } from '../../../graph/types.js';
import type { GradientContext, ShapeContext } from '../../operator.js';
import { normalizeAxis, requiredInput, shapeContextOf } from '../../shapes.js';
import { givenAxes } from '../layout/axes.js';

/**
 * The axes a reduction runs over. They are an attribute in older operator sets and an input in newer ones;
 * without any, all axes are reduced, or none if `noop_with_empty_axes` says so.
 */
export function reducedAxes(context: ShapeContext): readonly number[] {
  const { node } = context;
  const rank = requiredInput(context, 0).shape.length;
  const given = givenAxes(context, 1);
  if (given !== undefined && given.length > 0) return given.map((axis) => normalizeAxis(node, axis, rank));
  return intAttribute(node, 'noop_with_empty_axes', 0) !== 0 ? [] : Array.from({ length: rank }, (_, axis) => axis);
}

/** Shape rule of all reductions. */
export function reduceInfer(context: ShapeContext): readonly ValueType[] {
  const { dtype, shape } = requiredInput(context, 0);
  const axes = reducedAxes(context);
  const kept = withOnes(shape, axes);
  const keepDims = intAttribute(context.node, 'keepdims', 1) !== 0;
  return [{ dtype, shape: keepDims ? kept : shape.filter((_, axis) => !axes.includes(axis)) }];
}

/** A shape whose given axes have size 1. */
export function withOnes<Size extends Dim>(shape: readonly Size[], axes: readonly number[]): (Size | 1)[] {
  return shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
}

/** The axes a reduction ran over, asked again in the backward pass. */
export function reducedAxesOf(context: GradientContext): readonly number[] {
  return reducedAxes(shapeContextOf(context));
}
