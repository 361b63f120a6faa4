import type { GraphWriter } from '../../../graph/graph-writer.js';
import { tensorValues } from '../../../graph/tensor.js';
import { cast, scalarLike, sumToShape, upstream } from '../../emit.js';
import type { GradientContext, Operator } from '../../operator.js';
import { broadcastShape, requiredInput } from '../../shapes.js';

/**
 * `y = x^p`, with broadcasting, in the type of the base; `dy/dx = p x^(p-1)` and `dy/dp = y ln x`. As in
 * PyTorch the gradient of the base is 0 where p is 0, and that of the exponent 0 where x is 0.
 */
export const pow: Operator = {
  opType: 'Pow',
  infer(context) {
    const [base, exponent] = [requiredInput(context, 0), requiredInput(context, 1)];
    return [{ dtype: base.dtype, shape: broadcastShape(context.node, [base.shape, exponent.shape]) }];
  },
  gradient(context) {
    return [
      context.wants(0) ? baseGradient(context) : undefined,
      context.wants(1) ? exponentGradient(context) : undefined,
    ];
  },
};

function baseGradient(context: GradientContext): string | undefined {
  const { builder } = context;
  const [x, p] = [context.input(0), context.input(1)];
  const dy = upstream(context);
  const constant = context.constant(1);
  if (constant !== undefined && constant.data.length === 1) {
    const exponent = tensorValues(constant)[0]!;
    if (exponent === 0) return undefined;
    const rest = constantPower(builder, x, exponent - 1);
    const scaled = exponent === 1 ? dy : builder.node('Mul', [dy, scalarLike(builder, x, exponent)]);
    return sumToShape(builder, rest === undefined ? scaled : builder.node('Mul', [scaled, rest]), context.shape(x));
  }
  const exponent = cast(builder, p, context.type(x).dtype);
  const less = builder.node('Sub', [exponent, scalarLike(builder, x, 1)]);
  const slope = builder.node('Mul', [exponent, builder.node('Pow', [x, less])]);
  return sumToShape(builder, builder.node('Mul', [dy, zeroWhere(builder, exponent, slope)]), context.shape(x));
}

function exponentGradient(context: GradientContext): string {
  const { builder } = context;
  const [x, p] = [context.input(0), context.input(1)];
  const slope = builder.node('Mul', [context.output(0), builder.node('Log', [x])]);
  const gradient = builder.node('Mul', [upstream(context), zeroWhere(builder, x, slope)]);
  return cast(builder, sumToShape(builder, gradient, context.shape(p)), context.type(p).dtype);
}

/** `x^exponent` without the general power where a cheaper operator does; undefined stands for 1. */
function constantPower(builder: GraphWriter, x: string, exponent: number): string | undefined {
  if (exponent === 0) return undefined;
  if (exponent === 1) return x;
  if (exponent === 2) return builder.node('Mul', [x, x]);
  return builder.node('Pow', [x, scalarLike(builder, x, exponent)]);
}

/** `value`, but 0 where `condition` is 0, so that 0 times infinity does not become NaN. */
function zeroWhere(builder: GraphWriter, condition: string, value: string): string {
  const isZero = builder.node('Equal', [condition, scalarLike(builder, condition, 0)]);
  return builder.node('Where', [isZero, scalarLike(builder, value, 0), value]);
}
