import type { GraphWriter } from '../../../graph/graph-writer.js';
import { elementCount } from '../../../graph/tensor.js';
import { reshape, sumToShape, upstream } from '../../emit.js';
import type { GradientContext, Operator } from '../../operator.js';
import { commonType, requiredInput } from '../../shapes.js';
import { matMulShape } from './mat-mul-shape.js';

/** Batched matrix product with NumPy's rules. */
export const matMul: Operator = {
  opType: 'MatMul',
  infer(context) {
    const shape = matMulShape(context.node, requiredInput(context, 0).shape, requiredInput(context, 1).shape);
    return [{ dtype: commonType(context, [0, 1]), shape }];
  },
  gradient(context) {
    const { builder } = context;
    const shapes = [context.shape(context.input(0)), context.shape(context.input(1))] as const;
    // Vectors become the row or column they stand for, and their gradients vectors again.
    const a = shapes[0].length === 1 ? [1, ...shapes[0]] : shapes[0];
    const b = shapes[1].length === 1 ? [...shapes[1], 1] : shapes[1];
    const left = reshape(builder, context.input(0), a);
    const right = reshape(builder, context.input(1), b);
    const batch = context.shape(context.output(0)).slice(0, Math.max(a.length, b.length) - 2);
    const dy = reshape(builder, upstream(context), [...batch, a.at(-2)!, b.at(-1)!]);
    const gradients = b.length === 2 ? byMatrix(context, left, right, dy) : batched(context, left, right, dy, a, b);
    return gradients.map((gradient, i) =>
      gradient === undefined ? undefined : reshape(builder, gradient, shapes[i]!),
    );
  },
};

/** The common case of one weight matrix: the batch joins the rows, and Gemm transposes without copying. */
function byMatrix(context: GradientContext, left: string, right: string, dy: string): readonly (string | undefined)[] {
  const { builder } = context;
  const rows = (value: string) => {
    const shape = builder.shape(value);
    return reshape(builder, value, [elementCount(shape.slice(0, -1)), shape.at(-1)!]);
  };
  return [
    context.wants(0) ? builder.node('Gemm', [rows(dy), right], { transB: 1 }) : undefined,
    context.wants(1) ? builder.node('Gemm', [rows(left), rows(dy)], { transA: 1 }) : undefined,
  ];
}

function batched(
  context: GradientContext,
  left: string,
  right: string,
  dy: string,
  a: readonly number[],
  b: readonly number[],
): readonly (string | undefined)[] {
  const { builder } = context;
  const product = (x: string, y: string) => builder.node('MatMul', [x, y]);
  return [
    context.wants(0) ? sumToShape(builder, product(dy, swapped(builder, right)), a) : undefined,
    context.wants(1) ? sumToShape(builder, product(swapped(builder, left), dy), b) : undefined,
  ];
}

/** The last two axes exchanged; ONNX Runtime fuses this into the product. */
function swapped(builder: GraphWriter, value: string): string {
  const rank = builder.shape(value).length;
  const perm = Array.from({ length: rank }, (_, axis) => axis);
  [perm[rank - 2], perm[rank - 1]] = [rank - 1, rank - 2];
  return builder.node('Transpose', [value], { perm });
}
