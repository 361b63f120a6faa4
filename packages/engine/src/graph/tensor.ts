import { allocate } from './dtype.js';
import { decodeHalf, encodeHalf } from './half.js';
import type { DType, Tensor, TensorData } from './types.js';

/** Number of elements of a shape; 1 for a scalar. */
export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** A float32 tensor; the data is used as it is when it is a Float32Array, and copied otherwise. */
export function floatTensor(dims: readonly number[], data: Float32Array | readonly number[]): Tensor {
  return checked('float32', dims, data instanceof Float32Array ? data : Float32Array.from(data));
}

/** A float64 tensor; the data is used as it is when it is a Float64Array, and copied otherwise. */
export function doubleTensor(dims: readonly number[], data: Float64Array | readonly number[]): Tensor {
  return checked('float64', dims, data instanceof Float64Array ? data : Float64Array.from(data));
}

/** An int64 tensor, as ONNX wants shapes, axes and indices. */
export function intTensor(dims: readonly number[], data: readonly number[]): Tensor {
  return checked('int64', dims, BigInt64Array.from(data, BigInt));
}

/** A uint8 tensor of pixels or codes. */
export function byteTensor(dims: readonly number[], data: Uint8Array | readonly number[]): Tensor {
  return checked('uint8', dims, data instanceof Uint8Array ? data : Uint8Array.from(data));
}

/** A bool tensor. */
export function boolTensor(dims: readonly number[], data: readonly boolean[]): Tensor {
  return checked('bool', dims, Uint8Array.from(data, Number));
}

/** A tensor of any type from plain numbers; float16 and bfloat16 are rounded to nearest. */
export function tensorOf(dtype: DType, dims: readonly number[], values: ArrayLike<number>): Tensor {
  const data = allocate(dtype, elementCount(dims));
  if (values.length !== data.length) throw lengthError(dtype, dims, values.length);
  for (let i = 0; i < data.length; i++) {
    const value = values[i]!;
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[i] = wholeNumber(dtype, value);
    else if (dtype === 'float16' || dtype === 'bfloat16') data[i] = encodeHalf(dtype, value);
    else data[i] = dtype === 'bool' ? Number(value !== 0) : value;
  }
  return { dtype, dims, data };
}

/** The nearest of the type: exporters write the greatest of all for "to the end", which no double holds. */
function wholeNumber(dtype: DType, value: number): bigint {
  const [least, most] = dtype === 'int64' ? [-(2n ** 63n), 2n ** 63n - 1n] : [0n, 2n ** 64n - 1n];
  const whole = BigInt(Math.trunc(value));
  return whole < least ? least : whole > most ? most : whole;
}

/** The elements as plain numbers. int64 beyond 2^53 loses its last digits. */
export function tensorValues(tensor: Tensor): number[] {
  const { dtype, data } = tensor;
  if (dtype === 'float16' || dtype === 'bfloat16') {
    return Array.from(data as Uint16Array, (bits) => decodeHalf(dtype, bits));
  }
  return Array.from(data as ArrayLike<number | bigint>, Number);
}

function checked(dtype: DType, dims: readonly number[], data: TensorData): Tensor {
  if (data.length !== elementCount(dims)) throw lengthError(dtype, dims, data.length);
  return { dtype, dims, data };
}

function lengthError(dtype: DType, dims: readonly number[], found: number): RangeError {
  return new RangeError(
    `A ${dtype} tensor of shape [${dims.join(', ')}] has ${elementCount(dims)} elements, not ${found}.`,
  );
}
