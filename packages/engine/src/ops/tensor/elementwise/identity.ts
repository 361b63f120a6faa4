import { foldSame } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** Passes its input on. */
export const identity: Operator = {
  opType: 'Identity',
  infer: sameAsInput,
  fold: foldSame,
  gradient(context) {
    return [context.outputGradient(0)];
  },
};
