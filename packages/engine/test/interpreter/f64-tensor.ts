import type { GraphNode } from '../../src/graph/types.js';

/**
 * The reference interpreter computes everything in float64, whatever a graph declares, with the plainest
 * loops that say what ONNX says. It is slow and shares nothing with the engine's rules, which is its use.
 * Booleans are 0 and 1, integers are whole numbers.
 */
export interface F64Tensor {
  readonly dims: readonly number[];
  readonly data: Float64Array;
}

/** What one operator computes. `node` gives attributes and the number of outputs. */
export type Interpreter = (
  inputs: readonly (F64Tensor | undefined)[],
  node: GraphNode,
  opset: number,
) => readonly F64Tensor[];

export function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** A tensor whose elements are computed from their index along each axis. */
export function generate(dims: readonly number[], element: (index: readonly number[]) => number): F64Tensor {
  const data = new Float64Array(sizeOf(dims));
  const index = dims.map(() => 0);
  for (let flat = 0; flat < data.length; flat++) {
    data[flat] = element(index);
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      index[axis] = index[axis]! + 1;
      if (index[axis]! < dims[axis]!) break;
      index[axis] = 0;
    }
  }
  return { dims, data };
}

/** Place of an element in row-major order. */
export function flatIndex(dims: readonly number[], index: readonly number[]): number {
  return dims.reduce((flat, dim, axis) => flat * dim + index[axis]!, 0);
}

export function at(tensor: F64Tensor, index: readonly number[]): number {
  return tensor.data[flatIndex(tensor.dims, index)]!;
}

/** The element that broadcasting puts at an index of the result. */
export function broadcastAt(tensor: F64Tensor, index: readonly number[]): number {
  const lead = index.length - tensor.dims.length;
  return at(
    tensor,
    tensor.dims.map((dim, axis) => (dim === 1 ? 0 : index[axis + lead]!)),
  );
}

export function broadcastDims(shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    return sizes.find((size) => size !== 1) ?? 1;
  });
}

/** An input that must be there. */
export function given(inputs: readonly (F64Tensor | undefined)[], i: number): F64Tensor {
  const input = inputs[i];
  if (input === undefined) throw new RangeError(`Input ${i} is missing.`);
  return input;
}

/** The elements of an input as a list, or undefined when it is left out. */
export function listOf(inputs: readonly (F64Tensor | undefined)[], i: number): number[] | undefined {
  const input = inputs[i];
  return input === undefined ? undefined : Array.from(input.data);
}
