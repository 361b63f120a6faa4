import type { Operator } from '../../operator.js';
import { productOf } from '../../sizes.js';

/** The number of elements, as int64. */
export const size: Operator = {
  opType: 'Size',
  infer: () => [{ dtype: 'int64', shape: [] }],
  fold: ({ types }) => [productOf(types[0]?.shape ?? [])],
};
