import { reduceSum, reshape } from '../emit.js';
import { columnsOf, multiplyTransposed } from './columns.js';
import type { WeightProduct } from './weight-gradient.js';
import { product } from './window.js';

/**
 * All columns at once and one product an image, `[group, C / group * K, M / group]`. For few channels a
 * group, where the columns are small beside the output gradient: the first layer and depthwise
 * convolutions.
 */
export const columnsProduct: WeightProduct = {
  worthwhileBytes: 12 * 2 ** 20,

  bytes({ axes, channels }) {
    return 4 * channels * product(axes.map((axis) => axis.kernel * axis.output));
  },

  multiply(builder, input, outputGradient, { axes, group, channels, outputs }) {
    const images = builder.shape(input)[0]!;
    const cells = product(axes.map((axis) => axis.output));
    const rows = (channels / group) * product(axes.map((axis) => axis.kernel));
    const left = reshape(builder, columnsOf(builder, input, axes), [images, group, rows, cells]);
    const right = reshape(builder, outputGradient, [images, group, outputs / group, cells]);
    return reduceSum(builder, multiplyTransposed(builder, left, right), [0], false);
  },

  toWeights(builder, value, { axes, group, channels, outputs }) {
    const turned = builder.node('Transpose', [value], { perm: [0, 2, 1] });
    return reshape(builder, turned, [outputs, channels / group, ...axes.map((axis) => axis.kernel)]);
  },
};
