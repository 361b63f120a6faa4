import { upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** The sine. */
export const sin: Operator = {
  opType: 'Sin',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    return [builder.node('Mul', [upstream(context), builder.node('Cos', [context.input(0)])])];
  },
};
