import { elementCount } from '../graph/tensor.js';
import type { Dim } from '../graph/types.js';

/** A tensor of few elements while a graph's arithmetic on shapes is folded; elements in row-major order. */
export interface SmallTensor {
  readonly dims: readonly number[];
  readonly elements: readonly Dim[];
}

/** The elements of a tensor, each from its index. */
export function elementsOf(dims: readonly number[], element: (index: readonly number[]) => Dim): readonly Dim[] {
  return Array.from({ length: elementCount(dims) }, (_, flat) => {
    let rest = flat;
    const index = dims.map(() => 0);
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      index[axis] = rest % dims[axis]!;
      rest = Math.floor(rest / dims[axis]!);
    }
    return element(index);
  });
}

/** The element at an index; axes of size 1 are broadcast, and so are those that a tensor lacks in front. */
export function elementAt({ dims, elements }: SmallTensor, index: readonly number[]): Dim {
  const lead = index.length - dims.length;
  const flat = dims.reduce((place, size, axis) => place * size + (size === 1 ? 0 : index[axis + lead]!), 0);
  return elements[flat]!;
}
