import type { Random } from '@chromaray/base';
import type { Tensor } from '../graph/types.js';

/** As `torch.nn.utils.parametrizations.spectral_norm` does before a training. */
const iterations = 15;

/**
 * Vectors near the first singular vectors of a weight seen as a matrix with one row an output.
 *
 * @param axis - of the outputs
 */
export function firstVectors(
  { dims, data }: Tensor,
  axis: 0 | 1,
  random: Random,
): { readonly left: Float32Array; readonly right: Float32Array } {
  const rows = dims[axis]!;
  const columns = data.length / rows;
  const matrix = axis === 0 ? (data as Float32Array) : secondAxisFirst(data as Float32Array, dims);
  let left: Float64Array = normalized(Float64Array.from({ length: rows }, () => random.normal()));
  let right: Float64Array = new Float64Array(columns);
  for (let i = 0; i < iterations; i++) {
    right = new Float64Array(columns);
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      for (let k = 0; k < columns; k++) right[k]! += matrix[start + k]! * left[row]!;
    }
    right = normalized(right);
    left = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const start = row * columns;
      for (let k = 0; k < columns; k++) left[row]! += matrix[start + k]! * right[k]!;
    }
    left = normalized(left);
  }
  return { left: Float32Array.from(left), right: Float32Array.from(right) };
}

function secondAxisFirst(data: Float32Array, [first, second, ...rest]: readonly number[]): Float32Array {
  const inner = rest.reduce((a, b) => a * b, 1);
  const result = new Float32Array(data.length);
  for (let a = 0; a < first!; a++) {
    for (let b = 0; b < second!; b++) {
      const from = (a * second! + b) * inner;
      result.set(data.subarray(from, from + inner), (b * first! + a) * inner);
    }
  }
  return result;
}

function normalized(vector: Float64Array): Float64Array {
  let square = 0;
  for (const value of vector) square += value * value;
  const length = Math.max(Math.sqrt(square), 1e-12);
  return vector.map((value) => value / length);
}
