import { floatAttribute, intAttribute } from '../../../graph/attributes.js';
import { shapeError } from '../../../graph/errors.js';
import { scalarLike, sumToShape, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { broadcastShape, commonType, formatShape, requiredInput } from '../../shapes.js';

/** `Y = alpha A' B' + beta C` of matrices, where A' and B' are transposed if `transA` and `transB` say so. */
export const gemm: Operator = {
  opType: 'Gemm',
  infer(context) {
    const { node } = context;
    const [a, b] = [requiredInput(context, 0).shape, requiredInput(context, 1).shape];
    if (a.length !== 2 || b.length !== 2) {
      throw shapeError(node, `needs two matrices, not ${formatShape(a)} and ${formatShape(b)}`);
    }
    const transA = intAttribute(node, 'transA', 0) !== 0;
    const transB = intAttribute(node, 'transB', 0) !== 0;
    const [rows, inner] = transA ? [a[1]!, a[0]!] : [a[0]!, a[1]!];
    const [otherInner, columns] = transB ? [b[1]!, b[0]!] : [b[0]!, b[1]!];
    if (typeof inner === 'number' && typeof otherInner === 'number' && inner !== otherInner) {
      throw shapeError(node, `multiplies rows of ${inner} with columns of ${otherInner}`);
    }
    const c = context.inputs[2];
    if (c !== undefined) broadcastShape(node, [[rows, columns], c.shape]);
    return [{ dtype: commonType(context, c === undefined ? [0, 1] : [0, 1, 2]), shape: [rows, columns] }];
  },
  gradient(context) {
    const { builder, node } = context;
    const dy = upstream(context);
    const alpha = { float: floatAttribute(node, 'alpha', 1) };
    const beta = floatAttribute(node, 'beta', 1);
    const transA = intAttribute(node, 'transA', 0);
    const transB = intAttribute(node, 'transB', 0);
    const [a, b, c] = [context.input(0), context.input(1), context.input(2)];
    const product = (left: string, right: string, leftTransposed: number, rightTransposed: number) =>
      builder.node('Gemm', [left, right], { alpha, transA: leftTransposed, transB: rightTransposed });
    const gradientOfC = () => {
      const summed = sumToShape(builder, dy, context.shape(c));
      return beta === 1 ? summed : builder.node('Mul', [summed, scalarLike(builder, summed, beta)]);
    };
    return [
      context.wants(0) ? (transA ? product(b, dy, transB, 1) : product(dy, b, 0, 1 - transB)) : undefined,
      context.wants(1) ? (transB ? product(dy, a, 1, transA) : product(a, dy, 1 - transA, 0)) : undefined,
      context.wants(2) ? gradientOfC() : undefined,
    ];
  },
};
