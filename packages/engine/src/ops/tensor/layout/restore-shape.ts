import { reshape, upstream } from '../../emit.js';
import type { GradientContext } from '../../operator.js';

/** Gradient of operators that only regroup elements: the same elements in the input's shape. */
export function restoreShape(context: GradientContext): readonly (string | undefined)[] {
  return [reshape(context.builder, upstream(context), context.shape(context.input(0)))];
}
