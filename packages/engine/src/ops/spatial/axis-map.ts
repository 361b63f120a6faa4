import type { GraphWriter } from '../../graph/graph-writer.js';
import { reshape } from '../emit.js';
import { sharedConstant } from './constants.js';

/**
 * A linear map along one axis, out of `input` cells into `output`: entry `[to, from]` of the row-major
 * matrix is what cell `from` adds to cell `to`. Resizing and reflecting are nothing else.
 */
export interface AxisMap {
  readonly input: number;
  readonly output: number;
  readonly matrix: Float64Array;
}

/** The map that copies cell `source(i)` to cell `i`. */
export function copyingMap(input: number, output: number, source: (i: number) => number): AxisMap {
  const matrix = new Float64Array(output * input);
  for (let i = 0; i < output; i++) matrix[i * input + source(i)] = 1;
  return { input, output, matrix };
}

/** Goes back along an axis: the gradient of what went into a map from the gradient of what came out. */
export function transposedMap(builder: GraphWriter, gradient: string, axis: number, map: AxisMap): string {
  const shape = builder.shape(gradient);
  const before = shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const after = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const { input, output, matrix } = map;
  const result = [...shape.slice(0, axis), input, ...shape.slice(axis + 1)];
  const constant = (dims: readonly number[], values: Float64Array) =>
    sharedConstant(builder, gradient, builder.unique('axis_map'), dims, values);
  if (after === 1) {
    const rows = reshape(builder, gradient, [before, output]);
    return reshape(builder, builder.node('MatMul', [rows, constant([output, input], matrix)]), result);
  }
  const transposed = new Float64Array(input * output);
  for (let to = 0; to < output; to++)
    for (let from = 0; from < input; from++) transposed[from * output + to] = matrix[to * input + from]!;
  const planes = reshape(builder, gradient, [before, output, after]);
  return reshape(builder, builder.node('MatMul', [constant([input, output], transposed), planes]), result);
}
