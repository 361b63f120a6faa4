import { elementCount } from '../../../graph/tensor.js';
import { expand, reshape, scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { reducedAxesOf, reduceInfer, withOnes } from './reduction.js';

/** The mean over axes; its gradient is shared among the elements along them. */
export const reduceMean: Operator = {
  opType: 'ReduceMean',
  infer: reduceInfer,
  gradient(context) {
    const { builder } = context;
    const dy = upstream(context);
    const shape = context.shape(context.input(0));
    const axes = reducedAxesOf(context);
    const count = elementCount(axes.map((axis) => shape[axis]!));
    const share = builder.node('Mul', [dy, scalarLike(builder, dy, 1 / count)]);
    return [expand(builder, reshape(builder, share, withOnes(shape, axes)), shape), undefined];
  },
};
