import { maskLike, scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** `y = x clip(x / 6 + 1/2, 0, 1)`, as in MobileNetV3; an operator of its own since operator set 14. */
export const hardSwish: Operator = {
  opType: 'HardSwish',
  infer: sameAsInput,
  gradient(context) {
    const { builder } = context;
    const x = context.input(0);
    const bounds = [scalarLike(builder, x, 0), scalarLike(builder, x, 1)];
    const sixth = builder.node('Mul', [x, scalarLike(builder, x, 1 / 6)]);
    const gate = builder.node('Clip', [builder.node('Add', [sixth, scalarLike(builder, x, 0.5)]), ...bounds]);
    const within = builder.node('Less', [builder.node('Abs', [x]), scalarLike(builder, x, 3)]);
    const slope = builder.node('Add', [gate, builder.node('Mul', [sixth, maskLike(builder, within, x)])]);
    return [builder.node('Mul', [upstream(context), slope])];
  },
};
