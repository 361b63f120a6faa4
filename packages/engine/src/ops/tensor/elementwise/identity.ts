import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** Passes its input on. */
export const identity: Operator = {
  opType: 'Identity',
  infer: sameAsInput,
  gradient(context) {
    return [context.outputGradient(0)];
  },
};
