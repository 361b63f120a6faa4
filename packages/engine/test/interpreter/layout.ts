import { intAttribute, intsAttribute, stringAttribute, tensorAttribute } from '../../src/graph/attributes.js';
import { tensorValues } from '../../src/graph/tensor.js';
import {
  at,
  broadcastAt,
  broadcastDims,
  type F64Tensor,
  flatIndex,
  generate,
  given,
  type Interpreter,
  listOf,
  sizeOf,
} from './f64-tensor.js';

function withDims(x: F64Tensor, dims: readonly number[]): readonly F64Tensor[] {
  if (sizeOf(dims) !== x.data.length) throw new RangeError(`[${x.dims}] does not fit [${dims}].`);
  return [{ dims, data: x.data }];
}

const front = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis);

const reshape: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const wanted = intsAttribute(node, 'shape') ?? listOf(inputs, 1)!;
  const allowZero = intAttribute(node, 'allowzero', 0) !== 0;
  const dims = wanted.map((size, axis) => (size === 0 && !allowZero ? x.dims[axis]! : size));
  const rest = x.data.length / sizeOf(dims.filter((size) => size !== -1));
  return withDims(
    x,
    dims.map((size) => (size === -1 ? rest : size)),
  );
};

const flatten: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const axis = intAttribute(node, 'axis', 1);
  const at = axis < 0 ? axis + x.dims.length : axis;
  return withDims(x, [sizeOf(x.dims.slice(0, at)), sizeOf(x.dims.slice(at))]);
};

const squeeze: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const axes = (intsAttribute(node, 'axes') ?? listOf(inputs, 1))?.map((axis) => front(axis, x.dims.length));
  return withDims(
    x,
    x.dims.filter((dim, axis) => (axes === undefined ? dim !== 1 : !axes.includes(axis))),
  );
};

const unsqueeze: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const axesGiven = (intsAttribute(node, 'axes') ?? listOf(inputs, 1))!;
  const rank = x.dims.length + axesGiven.length;
  const axes = axesGiven.map((axis) => front(axis, rank));
  const dims = [...x.dims];
  for (const axis of [...axes].sort((a, b) => a - b)) dims.splice(axis, 0, 1);
  return withDims(x, dims);
};

const transpose: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const perm = intsAttribute(node, 'perm') ?? x.dims.map((_, axis) => x.dims.length - 1 - axis);
  return [
    generate(
      perm.map((axis) => x.dims[axis]!),
      (index) =>
        at(
          x,
          x.dims.map((_, axis) => index[perm.indexOf(axis)]!),
        ),
    ),
  ];
};

const concat: Interpreter = (inputs, node) => {
  const tensors = inputs.map((_, i) => given(inputs, i));
  const axis = front(intAttribute(node, 'axis', 1), tensors[0]!.dims.length);
  const total = tensors.reduce((sum, { dims }) => sum + dims[axis]!, 0);
  return [
    generate(tensors[0]!.dims.with(axis, total), (index) => {
      let place = index[axis]!;
      const from = tensors.find(({ dims }) => {
        if (place < dims[axis]!) return true;
        place -= dims[axis]!;
        return false;
      })!;
      return at(from, index.with(axis, place));
    }),
  ];
};

const gather: Interpreter = (inputs, node) => {
  const [data, indices] = [given(inputs, 0), given(inputs, 1)];
  const axis = front(intAttribute(node, 'axis', 0), data.dims.length);
  const rank = indices.dims.length;
  const dims = [...data.dims.slice(0, axis), ...indices.dims, ...data.dims.slice(axis + 1)];
  return [
    generate(dims, (index) => {
      const entry = front(at(indices, index.slice(axis, axis + rank)), data.dims[axis]!);
      return at(data, [...index.slice(0, axis), entry, ...index.slice(axis + rank)]);
    }),
  ];
};

const scatterElements: Interpreter = (inputs, node) => {
  const [data, indices, updates] = [given(inputs, 0), given(inputs, 1), given(inputs, 2)];
  const axis = front(intAttribute(node, 'axis', 0), data.dims.length);
  const add = stringAttribute(node, 'reduction', 'none') === 'add';
  const result = { dims: data.dims, data: data.data.slice() };
  generate(indices.dims, (index) => {
    const place = flatIndex(data.dims, index.with(axis, front(at(indices, index), data.dims[axis]!)));
    result.data[place] = (add ? result.data[place]! : 0) + at(updates, index);
    return 0;
  });
  return [result];
};

const slice: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const starts = intsAttribute(node, 'starts') ?? listOf(inputs, 1)!;
  const ends = intsAttribute(node, 'ends') ?? listOf(inputs, 2)!;
  const axes = intsAttribute(node, 'axes') ?? listOf(inputs, 3) ?? starts.map((_, i) => i);
  const steps = listOf(inputs, 4) ?? starts.map(() => 1);
  // Which elements of each axis are taken, found by walking as NumPy documents it.
  const taken = x.dims.map((dim) => Array.from({ length: dim }, (_, i) => i));
  starts.forEach((_, i) => {
    const axis = front(axes[i]!, x.dims.length);
    const size = x.dims[axis]!;
    const step = steps[i]!;
    const places: number[] = [];
    const limit = (place: number) => (place < 0 ? place + size : place);
    const low = step > 0 ? 0 : -1;
    const high = step > 0 ? size : size - 1;
    const from = Math.min(Math.max(limit(starts[i]!), 0), high);
    const to = Math.min(Math.max(limit(ends[i]!), low), high);
    for (let place = from; step > 0 ? place < to : place > to; place += step) places.push(place);
    taken[axis] = places;
  });
  return [
    generate(
      taken.map(({ length }) => length),
      (index) =>
        at(
          x,
          index.map((i, axis) => taken[axis]![i]!),
        ),
    ),
  ];
};

const split: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const axis = front(intAttribute(node, 'axis', 0), x.dims.length);
  const part = Math.ceil(x.dims[axis]! / node.outputs.length);
  let start = 0;
  return node.outputs.map((_, i) => {
    const size = (intsAttribute(node, 'split') ?? listOf(inputs, 1))?.[i] ?? Math.min(part, x.dims[axis]! - start);
    const offset = start;
    start += size;
    return generate(x.dims.with(axis, size), (index) => at(x, index.with(axis, index[axis]! + offset)));
  });
};

const expand: Interpreter = (inputs) => {
  const x = given(inputs, 0);
  return [generate(broadcastDims([x.dims, listOf(inputs, 1)!]), (index) => broadcastAt(x, index))];
};

const shape: Interpreter = (inputs, node) => {
  const { dims } = given(inputs, 0);
  const part = dims.slice(intAttribute(node, 'start', 0), intAttribute(node, 'end', dims.length));
  return [{ dims: [part.length], data: Float64Array.from(part) }];
};

const constantOfShape: Interpreter = (inputs, node) => {
  const value = tensorAttribute(node, 'value');
  const element = value === undefined ? 0 : tensorValues(value)[0]!;
  return [generate(listOf(inputs, 0)!, () => element)];
};

export const layout: Readonly<Record<string, Interpreter>> = {
  Concat: concat,
  ConstantOfShape: constantOfShape,
  Expand: expand,
  Flatten: flatten,
  Gather: gather,
  Reshape: reshape,
  ScatterElements: scatterElements,
  Shape: shape,
  Slice: slice,
  Split: split,
  Squeeze: squeeze,
  Transpose: transpose,
  Unsqueeze: unsqueeze,
};
