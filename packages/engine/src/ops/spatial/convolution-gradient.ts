import type { GraphBuilder } from '../../graph/builder.js';
import { reduceSum, reshape } from '../emit.js';
import { transposedConvolution } from './columns.js';
import { type AxisWindow, product } from './window.js';

/**
 * Gradient of a convolution's input, `[N, C, ...in]`, from that of its output and the weights
 * `[M, C / group, ...kernel]`.
 *
 * With stride 1 it is a convolution with the weights flipped and their channels exchanged, which on ONNX
 * Runtime takes two thirds of the time of a ConvTranspose; everything else is a ConvTranspose.
 */
export function convolutionInputGradient(
  builder: GraphBuilder,
  outputGradient: string,
  weights: string,
  axes: readonly AxisWindow[],
  group: number,
): string {
  const flippable = axes.every(
    (axis) => axis.stride === 1 && axis.span - 1 >= axis.padBegin && axis.span - 1 >= axis.padEnd,
  );
  if (!flippable) return transposedConvolution(builder, outputGradient, weights, axes, group);
  return builder.node('Conv', [outputGradient, flipped(builder, weights, group)], {
    kernel_shape: axes.map((axis) => axis.kernel),
    strides: axes.map(() => 1),
    dilations: axes.map((axis) => axis.dilation),
    pads: [...axes.map((axis) => axis.span - 1 - axis.padBegin), ...axes.map((axis) => axis.span - 1 - axis.padEnd)],
    group,
  });
}

/** `[M, C / group, ...kernel]` turned to `[C, M / group, ...kernel]`, every kernel read backwards. */
function flipped(builder: GraphBuilder, weights: string, group: number): string {
  const [outputs, inputs, ...kernel] = builder.shape(weights) as [number, number, ...number[]];
  const cells = product(kernel);
  const grouped = reshape(builder, weights, [group, outputs / group, inputs, cells]);
  const exchanged = builder.node('Transpose', [grouped], { perm: [0, 2, 1, 3] });
  const backwards =
    cells === 1
      ? exchanged
      : builder.node('Slice', [
          exchanged,
          builder.ints([-1]),
          builder.ints([-(cells + 1)]),
          builder.ints([3]),
          builder.ints([-1]),
        ]);
  return reshape(builder, backwards, [group * inputs, outputs / group, ...kernel]);
}

/** Gradient of a bias added to every cell of a channel: the sum over batch and space. */
export function channelSum(builder: GraphBuilder, value: string): string {
  const axes = builder.shape(value).flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  return reduceSum(builder, value, axes, false);
}
