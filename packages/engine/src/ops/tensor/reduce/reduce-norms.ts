import { expand, reshape, scalarLike, upstream } from '../../emit.js';
import type { GradientContext, Operator } from '../../operator.js';
import { reducedAxesOf, reduceInfer, withOnes } from './reduction.js';

/** `sum x^2`, with the gradient `2 x`. */
export const reduceSumSquare = norm('ReduceSumSquare', ({ builder, input }) =>
  builder.node('Mul', [input(0), scalarLike(builder, input(0), 2)]),
);

/** `sum |x|`, with the gradient `sign x`. */
export const reduceL1 = norm('ReduceL1', ({ builder, input }) => builder.node('Sign', [input(0)]));

/** `sqrt(sum x^2)`, with the gradient `x / y`, and 0 at 0 as in PyTorch. */
export const reduceL2 = norm('ReduceL2', (context, y) => {
  const { builder, input } = context;
  const zero = scalarLike(builder, y, 0);
  const safe = builder.node('Where', [builder.node('Equal', [y, zero]), scalarLike(builder, y, 1), y]);
  return builder.node('Div', [input(0), safe]);
});

/** `ln sum e^x`, with the gradient `e^(x - y)`. */
export const reduceLogSumExp = norm('ReduceLogSumExp', ({ builder, input }, y) =>
  builder.node('Exp', [builder.node('Sub', [input(0), y])]),
);

/** @param slope of each element, given the result with the reduced axes at size 1 */
function norm(opType: string, slope: (context: GradientContext, result: string) => string): Operator {
  return {
    opType,
    infer: reduceInfer,
    gradient(context) {
      const { builder } = context;
      const shape = context.shape(context.input(0));
      const kept = withOnes(shape, reducedAxesOf(context));
      const dy = expand(builder, reshape(builder, upstream(context), kept), shape);
      const result = reshape(builder, context.output(0), kept);
      return [builder.node('Mul', [dy, slope(context, result)]), undefined];
    },
  };
}
