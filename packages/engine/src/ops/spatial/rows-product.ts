import type { GraphWriter } from '../../graph/graph-writer.js';
import { reshape } from '../emit.js';
import { columnsOf, multiplyTransposed } from './columns.js';
import type { Convolution, WeightProduct } from './weight-gradient.js';
import { type AxisWindow, product } from './window.js';

/**
 * Columns along the last axis only: a shift along the axes before it is a block of rows, which a slice
 * copies whole, and every shift has a product of its own. All images lie one behind the other in one
 * product, so that small images fill it too. Gives `[shifts * group, C / group * lastKernel, M / group]`.
 */
export const rowsProduct: WeightProduct = {
  worthwhileBytes: 1.5 * 2 ** 20,

  bytes(convolution) {
    return 4 * convolution.channels * convolution.axes.at(-1)!.kernel * product(rowShape(convolution));
  },

  multiply(builder, input, outputGradient, convolution) {
    const { axes, group, channels, outputs } = convolution;
    const images = builder.shape(input)[0]!;
    const cells = images * product(axes.map((axis) => axis.output));
    const rows = (channels / group) * axes.at(-1)!.kernel;
    const columns = columnsAlongLast(builder, channelsFirst(builder, input), images, convolution);
    const right = reshape(builder, channelsFirst(builder, outputGradient), [group, outputs / group, cells]);
    const products = shiftsOf(axes.slice(0, -1)).map((shift) => {
      const left = rowsOfShift(builder, columns, shift, convolution);
      return multiplyTransposed(builder, reshape(builder, left, [group, rows, cells]), right);
    });
    return products.length === 1 ? products[0]! : builder.node('Concat', products, { axis: 0 });
  },

  toWeights(builder, value, { axes, group, channels, outputs }) {
    const last = axes.at(-1)!.kernel;
    const shifts = product(axes.slice(0, -1).map((axis) => axis.kernel));
    const apart = reshape(builder, value, [shifts, group, channels / group, last, outputs / group]);
    const turned = builder.node('Transpose', [apart], { perm: [1, 4, 2, 0, 3] });
    return reshape(builder, turned, [outputs, channels / group, ...axes.map((axis) => axis.kernel)]);
  },
};

/** Sizes of the axes before the last with their padding, and of the output along the last one. */
function rowShape({ axes }: Convolution): readonly number[] {
  return [...axes.slice(0, -1).map((axis) => axis.padBegin + axis.input + axis.padEnd), axes.at(-1)!.output];
}

/** `[N, C, ...]` as `[C, N, ...]`; one image needs no copy for that. */
function channelsFirst(builder: GraphWriter, value: string): string {
  const [images, channels, ...spatial] = builder.shape(value) as [number, number, ...number[]];
  if (images === 1) return reshape(builder, value, [channels, images, ...spatial]);
  return builder.node('Transpose', [value], { perm: [1, 0, ...spatial.map((_, axis) => axis + 2)] });
}

/** `[C, N, ...]` laid out as `[C * lastKernel, N, ...rowShape]`. */
function columnsAlongLast(builder: GraphWriter, input: string, images: number, convolution: Convolution): string {
  const { axes, channels } = convolution;
  const before = axes.slice(0, -1);
  const last = axes.at(-1)!;
  const shape = [channels * last.kernel, images, ...rowShape(convolution)];
  const begin = [0, 0, ...before.map((axis) => axis.padBegin), 0];
  const end = [0, 0, ...before.map((axis) => axis.padEnd), 0];
  const padded = [...begin, ...end].some((pad) => pad !== 0)
    ? builder.node('Pad', [input, builder.ints([...begin, ...end])])
    : input;
  if (last.kernel === 1 && last.stride === 1 && last.padBegin === 0 && last.padEnd === 0) {
    return reshape(builder, padded, shape);
  }
  // Images and the axes before the last are one tall image to a kernel that is one cell high.
  const height = images * product(rowShape(convolution).slice(0, -1));
  const tall = { input: height, output: height, kernel: 1, stride: 1, dilation: 1, span: 1 };
  const still: AxisWindow = { ...tall, padBegin: 0, padEnd: 0, reachEnd: 0 };
  const plane = reshape(builder, padded, [1, channels, height, last.input]);
  return reshape(builder, columnsOf(builder, plane, [still, last]), shape);
}

/** Every combination of kernel cells along these axes, in row-major order. */
function shiftsOf(axes: readonly AxisWindow[]): readonly (readonly number[])[] {
  return axes.reduce<readonly (readonly number[])[]>(
    (shifts, axis) => shifts.flatMap((shift) => Array.from({ length: axis.kernel }, (_, cell) => [...shift, cell])),
    [[]],
  );
}

/** The rows that one kernel cell reads as the window moves over the image. */
function rowsOfShift(builder: GraphWriter, columns: string, shift: readonly number[], { axes }: Convolution): string {
  const before = axes.slice(0, -1);
  const padded = builder.shape(columns).slice(2, -1);
  if (before.every((axis, i) => axis.kernel === 1 && axis.stride === 1 && axis.output === padded[i])) return columns;
  const starts = before.map((axis, i) => shift[i]! * axis.dilation);
  const ends = before.map((axis, i) => starts[i]! + (axis.output - 1) * axis.stride + 1);
  const along = before.map((_, i) => i + 2);
  const steps = before.map((axis) => axis.stride);
  return builder.node('Slice', [columns, ...[starts, ends, along, steps].map((values) => builder.ints(values))]);
}
