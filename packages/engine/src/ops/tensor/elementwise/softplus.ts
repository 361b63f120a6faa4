import { upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = ln(1 + e^x)`, whose slope is the sigmoid. */
export const softplus: Operator = {
  opType: 'Softplus',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    return [builder.node('Mul', [upstream(context), builder.node('Sigmoid', [context.input(0)])])];
  },
};
