import { maskLike, reduceSum, reshape, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { reducedAxesOf, reduceInfer, withOnes } from './reduction.js';

/** What ReduceMax and ReduceMin have in common. Elements that attain the extremum share the gradient evenly. */
export function reduceExtremum(opType: 'ReduceMax' | 'ReduceMin'): Operator {
  return {
    opType,
    infer: reduceInfer,
    gradient(context) {
      const { builder } = context;
      const x = context.input(0);
      const axes = reducedAxesOf(context);
      if (axes.length === 0) return [upstream(context), undefined];
      const kept = withOnes(context.shape(x), axes);
      const attained = maskLike(builder, builder.node('Equal', [x, reshape(builder, context.output(0), kept)]), x);
      const share = builder.node('Div', [
        reshape(builder, upstream(context), kept),
        reduceSum(builder, attained, axes, true),
      ]);
      return [builder.node('Mul', [attained, share]), undefined];
    },
  };
}
