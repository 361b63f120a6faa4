import { intAttribute } from '../../../graph/attributes.js';
import { upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** Running sums along an axis; the gradient runs the other way. */
export const cumSum: Operator = {
  opType: 'CumSum',
  infer: sameAsInput,
  gradient(context) {
    const { builder, node } = context;
    const reverse = intAttribute(node, 'reverse', 0) === 1 ? 0 : 1;
    return [builder.node('CumSum', [upstream(context), node.inputs[1]!], { ...node.attributes, reverse }), undefined];
  },
};
