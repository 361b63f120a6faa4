import { shapeError } from '../../graph/errors.js';
import { maskLike, reduceSum, scalarLike } from '../emit.js';
import type { GradientContext, Operator, ShapeContext } from '../operator.js';
import { columnsOf, columnsToInput } from './columns.js';
import { fitInput, tilesInput, toBlocks } from './tiles.js';
import { type AxisWindow, axisWindows, product, windowOf, windowOutput } from './window.js';

/**
 * Maximum of every window. The gradient of a window goes to the cells that hold the maximum, in equal
 * shares where several do: black borders make ties common in X-rays, and the shares do not depend on the
 * order of cells.
 */
export const maxPool: Operator = {
  opType: 'MaxPool',

  infer({ node, inputs }: ShapeContext) {
    const [x] = inputs;
    if (x === undefined || x.shape.length < 3) throw shapeError(node, 'needs an input [N, C, ...]');
    const window = windowOf(node, x.shape.length - 2);
    const shape = [x.shape[0]!, x.shape[1]!, ...windowOutput(node, window, x.shape)];
    return [
      { dtype: x.dtype, shape },
      { dtype: 'int64', shape },
    ];
  },

  gradient(context: GradientContext) {
    const dy = context.outputGradient(0);
    if (dy === undefined || !context.wants(0)) return [];
    const x = context.input(0);
    const axes = axisWindows(windowOf(context.node, context.shape(x).length - 2), context.shape(x));
    return [tilesInput(axes) ? tiledGradient(context, x, dy, axes) : overlappingGradient(context, x, dy, axes)];
  },
};

/** Windows side by side: blow the output up, mark where the input equals it, and share the gradient out. */
function tiledGradient(
  { builder, output }: GradientContext,
  x: string,
  dy: string,
  axes: readonly AxisWindow[],
): string {
  const maximum = toBlocks(builder, output(0), axes);
  const covered = fitInput(builder, x, axes, 'crop');
  const mask = maskLike(builder, builder.node('Equal', [covered, maximum]), dy);
  const kernel = axes.map((axis) => axis.kernel);
  const share = builder.node('AveragePool', [mask], { kernel_shape: kernel, strides: kernel });
  const size = scalarLike(builder, dy, product(kernel));
  const shared = builder.node('Div', [dy, builder.node('Mul', [share, size])]);
  const gradient = builder.node('Mul', [toBlocks(builder, shared, axes), mask]);
  return fitInput(builder, gradient, axes, 'pad');
}

/** Any windows: the same on the columns of the input, which are added up again where they came from. */
function overlappingGradient(
  { builder, output, shape }: GradientContext,
  x: string,
  dy: string,
  axes: readonly AxisWindow[],
): string {
  const [batch, channels] = shape(x) as [number, number];
  const outputs = axes.map((axis) => axis.output);
  const cells = product(axes.map((axis) => axis.kernel));
  const lowest = scalarLike(builder, x, -3.4028234663852886e38);
  const reach = axes.map((axis) => Math.max(0, axis.reachEnd));
  const pads = [0, 0, ...axes.map((axis) => axis.padBegin), 0, 0, ...reach];
  const padded = pads.some((pad) => pad > 0) ? builder.node('Pad', [x, builder.ints(pads), lowest]) : x;
  const unpadded = axes.map((axis, i) => ({
    ...axis,
    input: axis.input + axis.padBegin + reach[i]!,
    padBegin: 0,
    padEnd: 0,
  }));
  const perWindow = (value: string, count: number) =>
    builder.node('Reshape', [value, builder.ints([batch, channels, count, product(outputs)])]);
  const columns = perWindow(columnsOf(builder, padded, unpadded), cells);
  const mask = maskLike(builder, builder.node('Equal', [columns, perWindow(output(0), 1)]), dy);
  const ties = reduceSum(builder, mask, [2], true);
  const shared = builder.node('Mul', [mask, builder.node('Div', [perWindow(dy, 1), ties])]);
  const spread = builder.node('Reshape', [shared, builder.ints([batch, channels * cells, ...outputs])]);
  return columnsToInput(builder, spread, axes);
}
