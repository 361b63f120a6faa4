import { upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** Keeps the upper or lower triangle of the last two axes and puts zeros elsewhere. */
export const trilu: Operator = {
  opType: 'Trilu',
  infer: sameAsInput,
  gradient(context) {
    const { builder, node } = context;
    return [builder.node('Trilu', [upstream(context), ...node.inputs.slice(1)], node.attributes), undefined];
  },
};
