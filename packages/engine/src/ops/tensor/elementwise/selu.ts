import { floatAttribute } from '../../../graph/attributes.js';
import { maskLike, scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = gamma x` for positive x and `gamma alpha (e^x - 1)` elsewhere, by default with the constants of Klambauer 2017. */
export const selu: Operator = {
  opType: 'Selu',
  infer: sameAsInput,
  gradient(context) {
    const { builder, node } = context;
    const x = context.input(0);
    const alpha = floatAttribute(node, 'alpha', 1.6732632423543772);
    const gamma = floatAttribute(node, 'gamma', 1.0507009873554805);
    const zero = scalarLike(builder, x, 0);
    const positive = maskLike(builder, builder.node('Greater', [x, zero]), x);
    const fall = builder.node('Exp', [builder.node('Min', [x, zero])]);
    const slope = builder.node('Add', [
      builder.node('Mul', [fall, scalarLike(builder, x, gamma * alpha)]),
      builder.node('Mul', [positive, scalarLike(builder, x, gamma - gamma * alpha)]),
    ]);
    return [builder.node('Mul', [upstream(context), slope])];
  },
};
