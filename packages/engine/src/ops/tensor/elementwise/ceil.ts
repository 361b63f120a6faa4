import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** Rounds up. Constant almost everywhere, so no gradient flows back. */
export const ceil: Operator = {
  opType: 'Ceil',
  infer: sameAsInput,
  fold: foldElements(Math.ceil),
  gradient() {
    return [undefined];
  },
};
