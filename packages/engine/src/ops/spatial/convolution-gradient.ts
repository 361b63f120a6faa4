import type { GraphWriter } from '../../graph/graph-writer.js';
import { reduceSum, reshape } from '../emit.js';
import { columnsToInput, transposedConvolution } from './columns.js';
import { type AxisWindow, product } from './window.js';

/**
 * Gradient of a convolution's input, `[N, C, ...in]`, from that of its output and the weights
 * `[M, C / group, ...kernel]`. There are three ways, and which is the quickest on ONNX Runtime depends on how
 * much larger the input is than the output (measured on CPU, 3x3 and 4x4 kernels, 3 to 512 channels):
 *
 * - hardly, as with padding that keeps the size: a convolution with the weights turned round;
 * - somewhat: that convolution along the last axis only, and its results added up along the others, which
 *   saves computing the border that only part of the kernel reaches;
 * - much, or with a stride: a ConvTranspose.
 */
export function convolutionInputGradient(
  builder: GraphWriter,
  outputGradient: string,
  weights: string,
  axes: readonly AxisWindow[],
  group: number,
): string {
  const turnable = axes.every(
    (axis) => axis.stride === 1 && axis.span - 1 >= axis.padBegin && axis.span - 1 >= axis.padEnd,
  );
  const growth = product(axes.map((axis) => axis.input)) / product(axes.map((axis) => axis.output));
  if (!turnable || growth > 1.6) return transposedConvolution(builder, outputGradient, weights, axes, group);
  if (growth < 1.05 || axes.length === 1) {
    return turnedConvolution(builder, outputGradient, turned(builder, weights, group, 0), axes, group);
  }
  const still = (axis: AxisWindow, size: number): AxisWindow => ({
    ...axis,
    input: size,
    output: size,
    kernel: 1,
    dilation: 1,
    span: 1,
    padBegin: 0,
    padEnd: 0,
    reachEnd: 0,
  });
  const before = axes.slice(0, -1);
  const last = axes.at(-1)!;
  const along = [...before.map((axis) => still(axis, axis.output)), last];
  const across = [...before, still(last, last.input)];
  const rows = turnedConvolution(builder, outputGradient, turned(builder, weights, group, before.length), along, group);
  return columnsToInput(builder, rows, across);
}

/** The convolution that goes back with weights turned round, stride 1. */
function turnedConvolution(
  builder: GraphWriter,
  outputGradient: string,
  weights: string,
  axes: readonly AxisWindow[],
  group: number,
): string {
  return builder.node('Conv', [outputGradient, weights], {
    kernel_shape: axes.map((axis) => axis.kernel),
    strides: axes.map(() => 1),
    dilations: axes.map((axis) => axis.dilation),
    pads: [...axes.map((axis) => axis.span - 1 - axis.padBegin), ...axes.map((axis) => axis.span - 1 - axis.padEnd)],
    group,
  });
}

/**
 * `[M, C / group, ...kernel]` with inputs and outputs exchanged and the kernel read backwards. The first
 * `apart` axes of the kernel keep their order and become output channels: `[C * K, M / group, 1, ..., last]`,
 * K the cells of those axes, or `[C, M / group, ...kernel]` when none is taken apart.
 */
function turned(builder: GraphWriter, weights: string, group: number, apart: number): string {
  const [outputs, inputs, ...kernel] = builder.shape(weights) as [number, number, ...number[]];
  const taken = product(kernel.slice(0, apart));
  const cells = product(kernel.slice(apart));
  const grouped = reshape(builder, weights, [group, outputs / group, inputs, taken, cells]);
  const exchanged = builder.node('Transpose', [grouped], { perm: [0, 2, 3, 1, 4] });
  const [start, end, axis, step] = [[-1], [-(cells + 1)], [4], [-1]].map((value) => builder.ints(value));
  const backwards = cells === 1 ? exchanged : builder.node('Slice', [exchanged, start!, end!, axis!, step!]);
  const ones = kernel.slice(0, apart).map(() => 1);
  return reshape(builder, backwards, [group * inputs * taken, outputs / group, ...ones, ...kernel.slice(apart)]);
}

/** Gradient of a bias added to every cell of a channel: the sum over batch and space. */
export function channelSum(builder: GraphWriter, value: string): string {
  const axes = builder.shape(value).flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  return reduceSum(builder, value, axes, false);
}
