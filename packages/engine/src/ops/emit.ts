import { elementType } from '../graph/dtype.js';
import type { GraphWriter } from '../graph/graph-writer.js';
import type { DType } from '../graph/types.js';
import type { GradientContext } from './operator.js';

/** Gradient of the loss with respect to the only output of a node. */
export function upstream(context: GradientContext): string {
  const gradient = context.outputGradient(0);
  if (gradient === undefined)
    throw new RangeError(`${context.node.opType} "${context.node.name}" has no gradient to pass on.`);
  return gradient;
}

/** A scalar constant in the element type of `like`, so that rules work in float32 and float64 alike. */
export function scalarLike(builder: GraphWriter, like: string, value: number): string {
  return builder.scalar(builder.type(like).dtype, value);
}

/** Zeros in the shape and type of `like`, without storing them: a small constant, expanded. */
export function zerosLike(builder: GraphWriter, like: string): string {
  return builder.node('Expand', [scalarLike(builder, like, 0), builder.ints(builder.shape(like))]);
}

/** The sum over axes. */
export function reduceSum(builder: GraphWriter, value: string, axes: readonly number[], keepDims: boolean): string {
  return builder.node('ReduceSum', [value, builder.ints(axes)], { keepdims: keepDims ? 1 : 0 });
}

/** Reshape to sizes known now; nothing is added when they are the sizes it has. */
export function reshape(builder: GraphWriter, value: string, dims: readonly number[]): string {
  const now = builder.shape(value);
  if (now.length === dims.length && now.every((dim, i) => dim === dims[i])) return value;
  return builder.node('Reshape', [value, builder.ints(dims)], dims.includes(0) ? { allowzero: 1 } : {});
}

/** Expand to sizes known now; nothing is added when they are the sizes it has. */
export function expand(builder: GraphWriter, value: string, dims: readonly number[]): string {
  const now = builder.shape(value);
  if (now.length === dims.length && now.every((dim, i) => dim === dims[i])) return value;
  return builder.node('Expand', [value, builder.ints(dims)]);
}

export function cast(builder: GraphWriter, value: string, to: DType): string {
  return builder.type(value).dtype === to ? value : builder.node('Cast', [value], { to: elementType(to) });
}

/** 1 where a bool value is true and 0 elsewhere, in the element type of `like`. */
export function maskLike(builder: GraphWriter, condition: string, like: string): string {
  return cast(builder, condition, builder.type(like).dtype);
}

/** Undoes broadcasting: sums a gradient over the axes along which a value of shape `to` was repeated. */
export function sumToShape(builder: GraphWriter, gradient: string, to: readonly number[]): string {
  const from = builder.shape(gradient);
  const lead = from.length - to.length;
  const axes = from.flatMap((dim, axis) => (axis < lead || (to[axis - lead] === 1 && dim !== 1) ? [axis] : []));
  const summed = axes.length === 0 ? gradient : reduceSum(builder, gradient, axes, true);
  return reshape(builder, summed, to);
}
