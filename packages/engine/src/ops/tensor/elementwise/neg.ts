import { upstream } from '../../emit.js';
import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = -x`. */
export const neg: Operator = {
  opType: 'Neg',
  infer: sameAsInput,
  fold: foldElements((x) => -x!),
  gradient(context) {
    return [context.builder.node('Neg', [upstream(context)])];
  },
};
