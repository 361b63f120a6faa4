import type { GraphWriter } from '../../graph/graph-writer.js';
import { sharedConstant } from './constants.js';
import { type AxisWindow, product, windowAttributes } from './window.js';

/**
 * One-hot kernels `[channels * K, 1, ...kernel]`, K the cells of the kernel: convolved with one group a
 * channel, they lay every cell of every window out as a channel of its own. Transposed, they put them back.
 */
function oneHotKernels(builder: GraphWriter, like: string, channels: number, kernel: readonly number[]): string {
  const cells = product(kernel);
  const data = new Float32Array(channels * cells * cells);
  for (let channel = 0; channel < channels; channel++)
    for (let cell = 0; cell < cells; cell++) data[(channel * cells + cell) * cells + cell] = 1;
  return sharedConstant(
    builder,
    like,
    `one_hot_kernels_${channels}x${kernel.join('x')}`,
    [channels * cells, 1, ...kernel],
    data,
  );
}

/**
 * The columns of `[N, C, ...in]` as `[N, C * K, ...out]`. A grouped convolution makes them faster than
 * slices do, and knows stride, dilation and padding.
 */
export function columnsOf(builder: GraphWriter, value: string, axes: readonly AxisWindow[]): string {
  const channels = builder.shape(value)[1]!;
  const attributes = windowAttributes(axes);
  const kernels = oneHotKernels(builder, value, channels, attributes.kernel_shape);
  return builder.node('Conv', [value, kernels], { ...attributes, group: channels });
}

/**
 * Adds columns `[N, C * K, ...out]` up where they came from, giving `[N, C, ...in]`. Cells that lie in the
 * padding are dropped and cells that no window reads are 0.
 */
export function columnsToInput(builder: GraphWriter, columns: string, axes: readonly AxisWindow[]): string {
  const kernel = axes.map((axis) => axis.kernel);
  const channels = builder.shape(columns)[1]! / product(kernel);
  const kernels = oneHotKernels(builder, columns, channels, kernel);
  return transposedConvolution(builder, columns, kernels, axes, channels);
}

/** The adjoint of a convolution with these weights: from its output's shape back to its input's. */
export function transposedConvolution(
  builder: GraphWriter,
  value: string,
  weights: string,
  axes: readonly AxisWindow[],
  group: number,
): string {
  // A window that reaches beyond the declared padding (ceil_mode) is cut; cells past the last window are
  // added as output padding, which ONNX Runtime fills with 0.
  const begin = axes.map((axis) => axis.padBegin);
  const end = axes.map((axis) => Math.max(0, axis.reachEnd));
  return builder.node('ConvTranspose', [value, weights], {
    kernel_shape: axes.map((axis) => axis.kernel),
    strides: axes.map((axis) => axis.stride),
    dilations: axes.map((axis) => axis.dilation),
    pads: [...begin, ...end],
    output_padding: axes.map((axis) => Math.max(0, -axis.reachEnd)),
    group,
  });
}

/** `a` times `b` transposed, for each of the matrices before the last two axes. */
export function multiplyTransposed(builder: GraphWriter, a: string, b: string): string {
  return builder.node('FusedMatMul', [a, b], { transB: 1 }, { domain: 'com.microsoft' });
}
