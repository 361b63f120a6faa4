import { intAttribute } from '../../graph/attributes.js';
import { shapeError } from '../../graph/errors.js';
import { scalarLike } from '../emit.js';
import type { GradientContext, Operator, ShapeContext } from '../operator.js';
import { transposedConvolution } from './columns.js';
import { sharedConstant } from './constants.js';
import { fitInput, tilesInput, toBlocks } from './tiles.js';
import { type AxisWindow, axisWindows, product, windowOf, windowOutput } from './window.js';

/** Mean of every window; cells in the padding count with `count_include_pad`, cells beyond it never. */
export const averagePool: Operator = {
  opType: 'AveragePool',

  infer({ node, inputs }: ShapeContext) {
    const [x] = inputs;
    if (x === undefined || x.shape.length < 3) throw shapeError(node, 'needs an input [N, C, ...]');
    const window = windowOf(node, x.shape.length - 2);
    return [{ dtype: x.dtype, shape: [x.shape[0]!, x.shape[1]!, ...windowOutput(node, window, x.shape)] }];
  },

  gradient({ node, builder, input, outputGradient, shape, wants }: GradientContext) {
    const dy = outputGradient(0);
    if (dy === undefined || !wants(0)) return [];
    const axes = axisWindows(windowOf(node, shape(input(0)).length - 2), shape(input(0)));
    if (tilesInput(axes)) {
      const each = builder.node('Div', [dy, scalarLike(builder, dy, product(axes.map((axis) => axis.kernel)))]);
      return [fitInput(builder, toBlocks(builder, each, axes), axes, 'pad')];
    }
    const counts = cellCounts(axes, intAttribute(node, 'count_include_pad', 0) === 1);
    const countShape = [1, 1, ...axes.map((axis) => axis.output)];
    const countName = builder.unique('cells_averaged');
    const each = builder.node('Div', [dy, sharedConstant(builder, dy, countName, countShape, counts)]);
    const channels = shape(input(0))[1]!;
    const kernel = axes.map((axis) => axis.kernel);
    const ones = new Float32Array(channels * product(kernel)).fill(1);
    const onesName = `ones_${channels}x${kernel.join('x')}`;
    const weights = sharedConstant(builder, dy, onesName, [channels, 1, ...kernel], ones);
    return [transposedConvolution(builder, each, weights, axes, channels)];
  },
};

/** How many cells each window averages over, in row-major order of the output. */
export function cellCounts(axes: readonly AxisWindow[], includePadding: boolean): number[] {
  return axes
    .map((axis) => axisCounts(axis, includePadding))
    .reduce((counts, next) => counts.flatMap((count) => next.map((size) => count * size)), [1]);
}

function axisCounts(axis: AxisWindow, includePadding: boolean): number[] {
  const from = includePadding ? -axis.padBegin : 0;
  const to = includePadding ? axis.input + axis.padEnd : axis.input;
  return Array.from({ length: axis.output }, (_, i) => {
    const start = i * axis.stride - axis.padBegin;
    const cells = Array.from({ length: axis.kernel }, (_, k) => start + k * axis.dilation);
    return cells.filter((cell) => cell >= from && cell < to).length;
  });
}
