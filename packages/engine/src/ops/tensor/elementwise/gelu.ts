import { stringAttribute } from '../../../graph/attributes.js';
import type { GraphWriter } from '../../../graph/graph-writer.js';
import { scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/**
 * `y = x Phi(x)` with the normal distribution Phi, or its approximation by tanh where `approximate` says so
 * (Hendrycks and Gimpel 2016); an operator of its own since operator set 20.
 */
export const gelu: Operator = {
  opType: 'Gelu',
  infer: sameAsInput,
  gradient(context) {
    const { builder, node } = context;
    const approximate = stringAttribute(node, 'approximate', 'none') === 'tanh';
    const slope = (approximate ? slopeByTanh : slopeByErf)(builder, context.input(0));
    return [builder.node('Mul', [upstream(context), slope])];
  },
};

/** `Phi(x) + x phi(x)` */
function slopeByErf(builder: GraphWriter, x: string): string {
  const times = (value: string, factor: number) => builder.node('Mul', [value, scalarLike(builder, x, factor)]);
  const share = builder.node('Add', [builder.node('Erf', [times(x, Math.SQRT1_2)]), scalarLike(builder, x, 1)]);
  const bell = builder.node('Exp', [times(builder.node('Mul', [x, x]), -0.5)]);
  return builder.node('Add', [times(share, 0.5), times(builder.node('Mul', [x, bell]), 1 / Math.sqrt(2 * Math.PI))]);
}

/** With `t = tanh(k (x + c x^3))`: `(1 + t) / 2 + x / 2 (1 - t^2) k (1 + 3 c x^2)` */
function slopeByTanh(builder: GraphWriter, x: string): string {
  const [k, c] = [Math.sqrt(2 / Math.PI), 0.044715];
  const times = (value: string, factor: number) => builder.node('Mul', [value, scalarLike(builder, x, factor)]);
  const plus = (value: string, summand: number) => builder.node('Add', [value, scalarLike(builder, x, summand)]);
  const square = builder.node('Mul', [x, x]);
  const t = builder.node('Tanh', [builder.node('Mul', [times(x, k), plus(times(square, c), 1)])]);
  const rest = builder.node('Sub', [scalarLike(builder, x, 1), builder.node('Mul', [t, t])]);
  const inner = builder.node('Mul', [builder.node('Mul', [x, rest]), plus(times(square, 3 * c), 1)]);
  return builder.node('Add', [times(plus(t, 1), 0.5), times(inner, k / 2)]);
}
