import { intAttribute, stringAttribute } from '../../src/graph/attributes.js';
import { at, type F64Tensor, flatIndex, generate, given, type Interpreter, listOf, sizeOf } from './f64-tensor.js';

const front = (axis: number, size: number) => (axis < 0 ? axis + size : axis);

const range: Interpreter = (inputs) => {
  const [start, limit, step] = [0, 1, 2].map((i) => given(inputs, i).data[0]!) as [number, number, number];
  return [generate([Math.max(0, Math.ceil((limit - start) / step))], ([i]) => start + i! * step)];
};

const tile: Interpreter = (inputs) => {
  const x = given(inputs, 0);
  const repeats = listOf(inputs, 1)!;
  const dims = x.dims.map((dim, axis) => dim * repeats[axis]!);
  return [
    generate(dims, (index) =>
      at(
        x,
        index.map((place, axis) => place % x.dims[axis]!),
      ),
    ),
  ];
};

const trilu: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const k = inputs[1]?.data[0] ?? 0;
  const upper = intAttribute(node, 'upper', 1) === 1;
  const keeps = (row: number, column: number) => (upper ? column - row >= k : column - row <= k);
  return [generate(x.dims, (index) => (keeps(index.at(-2)!, index.at(-1)!) ? at(x, index) : 0))];
};

const cumSum: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const axis = front(given(inputs, 1).data[0]!, x.dims.length);
  const [exclusive, reverse] = ['exclusive', 'reverse'].map((name) => intAttribute(node, name, 0) === 1);
  return [
    generate(x.dims, (index) => {
      let sum = 0;
      for (let place = 0; place < x.dims[axis]!; place++) {
        const before = reverse ? place > index[axis]! : place < index[axis]!;
        if (before || (!exclusive && place === index[axis])) sum += at(x, index.with(axis, place));
      }
      return sum;
    }),
  ];
};

const gatherElements: Interpreter = (inputs, node) => {
  const [data, indices] = [given(inputs, 0), given(inputs, 1)];
  const axis = front(intAttribute(node, 'axis', 0), data.dims.length);
  return [generate(indices.dims, (index) => at(data, index.with(axis, front(at(indices, index), data.dims[axis]!))))];
};

/** The place that the last axis of indices names, for each of the others. */
function named(data: F64Tensor, indices: F64Tensor, of: readonly number[]): number[] {
  const length = indices.dims.at(-1)!;
  return Array.from({ length }, (_, i) => front(at(indices, [...of, i]), data.dims[i]!));
}

const gatherNd: Interpreter = (inputs) => {
  const [data, indices] = [given(inputs, 0), given(inputs, 1)];
  const lead = indices.dims.slice(0, -1);
  const dims = [...lead, ...data.dims.slice(indices.dims.at(-1)!)];
  return [
    generate(dims, (index) =>
      at(data, [...named(data, indices, index.slice(0, lead.length)), ...index.slice(lead.length)]),
    ),
  ];
};

const scatterNd: Interpreter = (inputs, node) => {
  const [data, indices, updates] = [given(inputs, 0), given(inputs, 1), given(inputs, 2)];
  const add = stringAttribute(node, 'reduction', 'none') === 'add';
  const lead = indices.dims.length - 1;
  const result = { dims: data.dims, data: data.data.slice() };
  generate(updates.dims, (index) => {
    const place = flatIndex(data.dims, [...named(data, indices, index.slice(0, lead)), ...index.slice(lead)]);
    result.data[place] = (add ? result.data[place]! : 0) + at(updates, index);
    return 0;
  });
  return [result];
};

const depthToSpace: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const block = intAttribute(node, 'blocksize', 1);
  const crd = stringAttribute(node, 'mode', 'DCR') === 'CRD';
  const [n, deep, height, width] = x.dims as [number, number, number, number];
  const channels = deep / block ** 2;
  return [
    generate([n, channels, height * block, width * block], ([i, c, y, z]) => {
      const cell = (y! % block) * block + (z! % block);
      const from = crd ? c! * block ** 2 + cell : cell * channels + c!;
      return at(x, [i!, from, Math.floor(y! / block), Math.floor(z! / block)]);
    }),
  ];
};

const spaceToDepth: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const block = intAttribute(node, 'blocksize', 1);
  const [n, channels, height, width] = x.dims as [number, number, number, number];
  return [
    generate([n, channels * block ** 2, height / block, width / block], ([i, c, y, z]) => {
      const cell = Math.floor(c! / channels);
      return at(x, [i!, c! % channels, y! * block + Math.floor(cell / block), z! * block + (cell % block)]);
    }),
  ];
};

export const indexing: Readonly<Record<string, Interpreter>> = {
  CumSum: cumSum,
  DepthToSpace: depthToSpace,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  Range: range,
  ScatterND: scatterNd,
  Size: (inputs) => [{ dims: [], data: Float64Array.of(sizeOf(given(inputs, 0).dims)) }],
  SpaceToDepth: spaceToDepth,
  Tile: tile,
  Trilu: trilu,
};
