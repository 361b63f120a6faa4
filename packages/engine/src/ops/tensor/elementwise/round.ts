import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** Rounds to nearest, ties to even. Constant almost everywhere, so no gradient flows back. */
export const round: Operator = {
  opType: 'Round',
  infer: sameAsInput,
  gradient() {
    return [undefined];
  },
};
