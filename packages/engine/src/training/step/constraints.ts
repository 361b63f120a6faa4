import type { GraphWriter } from '../../graph/graph-writer.js';
import type { Constraint } from '../types.js';

/** Keras's `backend.epsilon()`, which keeps a zero norm from dividing. */
const kerasEpsilon = 1e-7;

/** Adds the projection of an updated weight and returns the projected value. */
export function addConstraint(builder: GraphWriter, constraint: Constraint, weight: string): string {
  const square = builder.node('Mul', [weight, weight]);
  const sum = builder.node('ReduceSum', [square, builder.ints(constraint.axes)], { keepdims: 1 });
  const norm = builder.node('Sqrt', [sum]);
  const guarded = builder.node('Add', [norm, builder.floats(kerasEpsilon)]);
  if (constraint.kind === 'unit-norm') return builder.node('Div', [weight, guarded]);
  const desired = desiredNorm(builder, constraint, norm);
  return builder.node('Mul', [weight, builder.node('Div', [desired, guarded])]);
}

function desiredNorm(
  builder: GraphWriter,
  { min, max, rate }: Extract<Constraint, { kind: 'min-max-norm' }>,
  norm: string,
): string {
  const clipped = builder.node('Clip', [norm, builder.floats(min), builder.floats(max)]);
  if (rate === 1) return clipped;
  return builder.node('Add', [
    builder.node('Mul', [clipped, builder.floats(rate)]),
    builder.node('Mul', [norm, builder.floats(1 - rate)]),
  ]);
}

/** Keras's kernel order, height, width, in, out, as ONNX's out, in, height, width has it. */
const onnxAxisOfKeras = [2, 3, 1, 0] as const;

/**
 * Axes of an ONNX convolution kernel for the axes of the same kernel in Keras.
 *
 * @example kerasKernelAxes(0) // [2]: Keras's default, over the kernel's height
 * @example kerasKernelAxes(0, 1, 2) // [1, 2, 3]: over each filter
 */
export function kerasKernelAxes(...axes: readonly (0 | 1 | 2 | 3)[]): readonly number[] {
  return axes.map((axis) => onnxAxisOfKeras[axis]).sort((a, b) => a - b);
}
