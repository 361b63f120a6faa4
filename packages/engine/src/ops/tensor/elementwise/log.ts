import { upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = ln x`, `dy/dx = 1 / x`. */
export const log: Operator = {
  opType: 'Log',
  infer: sameAsInput,
  gradient(context) {
    return [context.builder.node('Div', [upstream(context), context.input(0)])];
  },
};
