import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** The sign, -1, 0 or 1. Constant almost everywhere, so no gradient flows back. */
export const sign: Operator = {
  opType: 'Sign',
  infer: sameAsInput,
  gradient() {
    return [undefined];
  },
};
