import type { GraphWriter } from '../../graph/graph-writer.js';
import { tensorOf } from '../../graph/tensor.js';

/**
 * A constant in the element type of `like` that any number of nodes may share: the name says what is in
 * it, and the second to ask for it gets the first one.
 */
export function sharedConstant(
  builder: GraphWriter,
  like: string,
  name: string,
  dims: readonly number[],
  values: ArrayLike<number>,
): string {
  const { dtype } = builder.type(like);
  const full = dtype === 'float32' ? name : `${name}_${dtype}`;
  return builder.has(full) ? full : builder.constant(full, tensorOf(dtype, dims, Array.from(values)));
}
