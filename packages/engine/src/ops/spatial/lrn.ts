import { floatAttribute, intAttribute } from '../../graph/attributes.js';
import { graphError, shapeError } from '../../graph/errors.js';
import type { GraphWriter } from '../../graph/graph-writer.js';
import { reshape, scalarLike, upstream } from '../emit.js';
import type { Operator } from '../operator.js';
import { requiredInput } from '../shapes.js';

/**
 * Local response normalisation (Krizhevsky et al. 2012): `y = x s^-beta` with `s = bias + alpha mean(x^2)`, the mean
 * over `size` neighbouring channels, of which those outside count as 0.
 *
 * The gradient is `dy s^-beta - 2 alpha beta x mean'(dy x s^(-beta - 1))`, where mean' goes over the channels to whose
 * neighbours a channel belongs.
 */
export const lrn: Operator = {
  opType: 'LRN',
  infer(context) {
    const x = requiredInput(context, 0);
    if (x.shape.length < 3) throw shapeError(context.node, 'needs an input [N, C, ...]');
    const size = intAttribute(context.node, 'size', 0);
    if (size < 1 || size % 2 === 0)
      throw graphError(context.node, `goes over ${size} channels; an odd number is supported`);
    return [x];
  },
  gradient(context) {
    const { builder, node } = context;
    const [x, dy] = [context.input(0), upstream(context)];
    const [alpha, beta] = [floatAttribute(node, 'alpha', 1e-4), floatAttribute(node, 'beta', 0.75)];
    const size = intAttribute(node, 'size', 1);
    const ends = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)] as const;
    const times = (value: string, factor: number) => builder.node('Mul', [value, scalarLike(builder, x, factor)]);
    const mean = neighbourMean(builder, builder.node('Mul', [x, x]), size, ends);
    const s = builder.node('Add', [times(mean, alpha), scalarLike(builder, x, floatAttribute(node, 'bias', 1))]);
    const shrunk = builder.node('Mul', [dy, builder.node('Pow', [s, scalarLike(builder, x, -beta)])]);
    const weighted = builder.node('Div', [builder.node('Mul', [shrunk, x]), s]);
    const back = neighbourMean(builder, weighted, size, [ends[1], ends[0]]);
    return [builder.node('Sub', [shrunk, times(builder.node('Mul', [x, back]), 2 * alpha * beta)])];
  },
};

/** The sum over so many channels before and after each, over `size`: a pool along channels. */
function neighbourMean(
  builder: GraphWriter,
  value: string,
  size: number,
  [before, after]: readonly [number, number],
): string {
  const shape = builder.shape(value);
  const [count, channels, ...area] = shape as [number, number, ...number[]];
  const rows = reshape(builder, value, [count, 1, channels, area.reduce((a, b) => a * b, 1)]);
  const attributes = { kernel_shape: [size, 1], pads: [before, 0, after, 0], count_include_pad: 1 };
  return reshape(builder, builder.node('AveragePool', [rows], attributes), shape);
}
