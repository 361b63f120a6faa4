import type { GraphWriter } from '../../graph/graph-writer.js';
import { columnsProduct } from './columns-product.js';
import { rowsProduct } from './rows-product.js';
import type { AxisWindow } from './window.js';

/** A convolution, as the gradient of its weights needs to know it. */
export interface Convolution {
  readonly axes: readonly AxisWindow[];
  readonly group: number;
  /** Channels of the input, all groups together. */
  readonly channels: number;
  /** Channels of the output, all groups together. */
  readonly outputs: number;
}

/** A way to form the product of input and output gradient that the weights' gradient is. */
export interface WeightProduct {
  /** Bytes of columns that one image takes, and how many of them are worth having at a time. */
  bytes(convolution: Convolution): number;
  readonly worthwhileBytes: number;
  /** The product summed over some images, in an order of its own. */
  multiply(builder: GraphWriter, input: string, outputGradient: string, convolution: Convolution): string;
  /** A product brought to the order of the weights, `[M, C / group, ...kernel]`. */
  toWeights(builder: GraphWriter, product: string, convolution: Convolution): string;
}

/** With fewer rows a product spends its time on packing its other side, once for every shift. */
const fewestRows = 24;

/**
 * The gradient of a convolution's weights `[M, C / group, ...kernel]`. It is a product of matrices: the
 * columns of the input, one row a weight, times the output gradient, over all cells of all images. ONNX
 * Runtime multiplies at full speed; what costs is laying out the columns, and there are two ways to do it
 * (see `rowsProduct` and `columnsProduct`). The batch is cut into parts whose columns stay in the cache,
 * which bounds the memory as well.
 *
 * A plain convolution of input and gradient, their batch and channels exchanged, takes two to three times
 * as long.
 */
export function convolutionWeightGradient(
  builder: GraphWriter,
  input: string,
  outputGradient: string,
  axes: readonly AxisWindow[],
  group: number,
): string {
  const [batch, channels] = builder.shape(input) as [number, number];
  const convolution: Convolution = { axes, group, channels, outputs: builder.shape(outputGradient)[1]! };
  const way = (channels / group) * axes.at(-1)!.kernel < fewestRows ? columnsProduct : rowsProduct;
  const most = Math.max(1, Math.round(way.worthwhileBytes / way.bytes(convolution)));
  const products = split(batch, most).map(([from, to]) => {
    const images = (value: string) => imagesOf(builder, value, from, to);
    return way.multiply(builder, images(input), images(outputGradient), convolution);
  });
  const sum = products.reduce((total, next) => builder.node('Add', [total, next]));
  return way.toWeights(builder, sum, convolution);
}

/** Ranges of nearly equal length that cover `0..count`. */
function split(count: number, most: number): readonly (readonly [from: number, to: number])[] {
  const parts = Math.ceil(count / most);
  return Array.from({ length: parts }, (_, i) => [
    Math.floor((i * count) / parts),
    Math.floor(((i + 1) * count) / parts),
  ]);
}

function imagesOf(builder: GraphWriter, value: string, from: number, to: number): string {
  if (from === 0 && to === builder.shape(value)[0]) return value;
  return builder.node('Slice', [value, builder.ints([from]), builder.ints([to]), builder.ints([0])]);
}
