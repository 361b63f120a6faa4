import type { GraphWriter } from '../../../graph/graph-writer.js';
import { intTensor } from '../../../graph/tensor.js';
import type { Tensor } from '../../../graph/types.js';
import { reshape, scalarLike, upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { requiredInput, shapeContextOf } from '../../shapes.js';
import { elementAt, elementsOf } from '../../small-tensor.js';
import { rangeOf, type SliceRange, slicedSize, sliceLimits, sliceRanges } from './slice-ranges.js';

/** Since this operator set limits are inputs. */
const newForm = 10;

/** Takes a part of each given axis. The gradient puts zeros where nothing was taken. */
export const slice: Operator = {
  opType: 'Slice',
  infer(context) {
    const { dtype, shape } = requiredInput(context, 0);
    const sizes = sliceLimits(context).reduce(
      (known, limits) => known.with(limits.axis, slicedSize(context.node, limits, shape[limits.axis]!)),
      shape,
    );
    return [{ dtype, shape: sizes }];
  },
  fold({ node, types, values: [data, ...places], output }) {
    if (data === undefined || node.inputs.length < 3) return undefined;
    const inputs = [types[0], ...types.slice(1)];
    const constant = (i: number): Tensor | undefined => {
      const place = places[i - 1];
      if (place === undefined || !place.elements.every((element) => typeof element === 'number')) return undefined;
      return intTensor(place.dims, place.elements as readonly number[]);
    };
    const sizes = (i: number) => places[i - 1]?.elements;
    const limits = sliceLimits({ node, opset: newForm, inputs, constant, sizes });
    if (limits.some(({ start, end }) => typeof start !== 'number' || typeof end !== 'number')) return undefined;
    const ranges = limits.map(({ axis, start, end, step }) =>
      rangeOf(axis, data.dims[axis]!, Number(start), Number(end), step),
    );
    return elementsOf(output.shape, (index) => {
      const from = [...index];
      for (const { axis, start, step } of ranges) from[axis] = start + index[axis]! * step;
      return elementAt(data, from);
    });
  },
  gradient(context) {
    const { builder, node } = context;
    const shape = context.shape(context.input(0));
    const ranges = sliceRanges(shapeContextOf(context));
    const gradient = ranges.reduce(
      (value, range) => spread(builder, value, range, shape[range.axis]!),
      upstream(context),
    );
    return [gradient, ...node.inputs.slice(1).map(() => undefined)];
  },
};

/** Puts the elements of one axis back to where a range took them from, among zeros. */
function spread(builder: GraphWriter, value: string, range: SliceRange, size: number): string {
  const { axis, count } = range;
  if (count === 0) return pad(builder, value, axis, 0, size);
  const stride = Math.abs(range.step);
  const ordered = range.step > 0 ? value : reversed(builder, value, axis);
  const first = range.step > 0 ? range.start : range.start - (count - 1) * stride;
  const wide = stride === 1 ? ordered : widened(builder, ordered, axis, stride);
  // Zeros follow each element, the last included; those beyond the end are cut off.
  return pad(builder, wide, axis, first, size - first - count * stride);
}

function reversed(builder: GraphWriter, value: string, axis: number): string {
  // ONNX's way to say "beyond the first element" when going backwards is the smallest int64.
  const range = [builder.ints([-1]), builder.ints([-(2 ** 31)]), builder.ints([axis]), builder.ints([-1])];
  return builder.node('Slice', [value, ...range]);
}

/** `[a, b]` becomes `[a, 0, 0, b, 0, 0]` for a stride of 3: a new axis after this one, padded and joined. */
function widened(builder: GraphWriter, value: string, axis: number, stride: number): string {
  const dims = builder.shape(value);
  const split = reshape(builder, value, [...dims.slice(0, axis + 1), 1, ...dims.slice(axis + 1)]);
  return reshape(builder, pad(builder, split, axis + 1, 0, stride - 1), dims.with(axis, dims[axis]! * stride));
}

/** Zeros before and after along one axis; negative amounts cut. */
function pad(builder: GraphWriter, value: string, axis: number, before: number, after: number): string {
  if (before === 0 && after === 0) return value;
  const rank = builder.shape(value).length;
  const amounts = new Array<number>(2 * rank)
    .fill(0)
    .with(axis, before)
    .with(rank + axis, after);
  return builder.node('Pad', [value, builder.ints(amounts), scalarLike(builder, value, 0)]);
}
