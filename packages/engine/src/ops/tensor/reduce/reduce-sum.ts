import { expand, reshape, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { reducedAxesOf, reduceInfer, withOnes } from './reduction.js';

/** The sum over axes; its gradient is repeated along them. */
export const reduceSum: Operator = {
  opType: 'ReduceSum',
  infer: reduceInfer,
  gradient(context) {
    const { builder } = context;
    const shape = context.shape(context.input(0));
    const kept = reshape(builder, upstream(context), withOnes(shape, reducedAxesOf(context)));
    return [expand(builder, kept, shape), undefined];
  },
};
