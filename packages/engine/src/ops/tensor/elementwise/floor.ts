import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** Rounds down. Constant almost everywhere, so no gradient flows back. */
export const floor: Operator = {
  opType: 'Floor',
  infer: sameAsInput,
  fold: foldElements(Math.floor),
  gradient() {
    return [undefined];
  },
};
