import { floatAttribute, intAttribute } from '../../../graph/attributes.js';
import { graphError } from '../../../graph/errors.js';
import type { GraphNode, Shape } from '../../../graph/types.js';
import { sumToShape, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { commonType, requiredInput } from '../../shapes.js';
import { matMulShape } from './mat-mul-shape.js';

const domain = 'com.microsoft';

/** ONNX Runtime's `Y = alpha A' B'`, batched, where the last two axes of A and B are exchanged if `transA` and `transB` say so. */
export const fusedMatMul: Operator = {
  opType: 'FusedMatMul',
  domain,
  infer(context) {
    const { node } = context;
    for (const name of ['transBatchA', 'transBatchB']) {
      if (intAttribute(node, name, 0) !== 0) throw graphError(node, `uses ${name}, which the engine does not support`);
    }
    const a = transposed(node, requiredInput(context, 0).shape, 'transA');
    const b = transposed(node, requiredInput(context, 1).shape, 'transB');
    return [{ dtype: commonType(context, [0, 1]), shape: matMulShape(node, a, b) }];
  },
  gradient(context) {
    const { builder, node } = context;
    const dy = upstream(context);
    const alpha = { float: floatAttribute(node, 'alpha', 1) };
    const transA = intAttribute(node, 'transA', 0);
    const transB = intAttribute(node, 'transB', 0);
    const [a, b] = [context.input(0), context.input(1)];
    if (context.shape(a).length < 2 || context.shape(b).length < 2) {
      throw graphError(node, 'multiplies a vector, which has no gradient rule; use MatMul');
    }
    const product = (left: string, right: string, leftTransposed: number, rightTransposed: number) =>
      builder.node(
        'FusedMatMul',
        [left, right],
        { alpha, transA: leftTransposed, transB: rightTransposed },
        { domain },
      );
    const gradientOfA = () => (transA ? product(b, dy, transB, 1) : product(dy, b, 0, 1 - transB));
    const gradientOfB = () => (transB ? product(dy, a, 1, transA) : product(a, dy, 1 - transA, 0));
    return [
      context.wants(0) ? sumToShape(builder, gradientOfA(), context.shape(a)) : undefined,
      context.wants(1) ? sumToShape(builder, gradientOfB(), context.shape(b)) : undefined,
    ];
  },
};

function transposed(node: GraphNode, shape: Shape, attribute: string): Shape {
  if (intAttribute(node, attribute, 0) === 0 || shape.length < 2) return shape;
  return [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!];
}
