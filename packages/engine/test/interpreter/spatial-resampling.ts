import { intsAttribute, stringAttribute } from '../../src/graph/attributes.js';
import { at, generate, given, type Interpreter, listOf } from './f64-tensor.js';

const pad: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const rank = x.dims.length;
  const pads = intsAttribute(node, 'pads') ?? listOf(inputs, 1)!;
  const axes = listOf(inputs, 3) ?? x.dims.map((_, axis) => axis);
  const begin = x.dims.map(() => 0);
  const end = x.dims.map(() => 0);
  axes.forEach((axis, i) => {
    begin[(axis + rank) % rank] = pads[i]!;
    end[(axis + rank) % rank] = pads[i + axes.length]!;
  });
  const mode = stringAttribute(node, 'mode', 'constant');
  const value = inputs[2]?.data[0] ?? 0;
  const dims = x.dims.map((size, axis) => size + begin[axis]! + end[axis]!);
  return [
    generate(dims, (index) => {
      const source = index.map((i, axis) => {
        const size = x.dims[axis]!;
        let place = i - begin[axis]!;
        if (mode === 'edge') return Math.max(0, Math.min(size - 1, place));
        if (mode === 'wrap') return (place + 10 * size) % size;
        while (mode === 'reflect' && (place < 0 || place >= size)) place = place < 0 ? -place : 2 * (size - 1) - place;
        return place;
      });
      const inside = source.every((place, axis) => place >= 0 && place < x.dims[axis]!);
      return inside ? at(x, source) : value;
    }),
  ];
};

const resize: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const listed = (i: number) => {
    const list = listOf(inputs, i);
    return list === undefined || list.length === 0 ? undefined : list;
  };
  const chosen = intsAttribute(node, 'axes') ?? x.dims.map((_, axis) => axis);
  const spread = (list: readonly number[] | undefined, otherwise: readonly number[]) =>
    list === undefined ? undefined : otherwise.map((value, axis) => list[chosen.indexOf(axis)] ?? value);
  const ones = x.dims.map(() => 1);
  const given1 = spread(inputs.length === 2 ? listed(1) : listed(2), ones);
  const dims = spread(listed(3), x.dims) ?? x.dims.map((size, axis) => Math.floor(size * given1![axis]!));
  const scales = given1 ?? dims.map((size, axis) => size / x.dims[axis]!);
  const mode = stringAttribute(node, 'coordinate_transformation_mode', 'half_pixel');
  const nearest = stringAttribute(node, 'nearest_mode', 'round_prefer_floor');
  const linear = stringAttribute(node, 'mode', 'nearest') === 'linear';

  const position = (i: number, axis: number): number => {
    const [size, out, scale] = [x.dims[axis]!, dims[axis]!, scales[axis]!];
    if (size === out && scale === 1) return i;
    if (mode === 'asymmetric') return i / scale;
    if (mode === 'align_corners') return out === 1 ? 0 : (i * (size - 1)) / (out - 1);
    if (mode === 'pytorch_half_pixel' && out === 1) return 0;
    return (i + 0.5) / scale - 0.5;
  };
  const round = (place: number): number => {
    if (nearest === 'floor') return Math.floor(place);
    if (nearest === 'ceil') return Math.ceil(place);
    if (nearest === 'round_prefer_ceil') return Math.floor(place + 0.5);
    return Math.ceil(place - 0.5);
  };
  const clamp = (place: number, axis: number) => Math.max(0, Math.min(x.dims[axis]! - 1, place));

  return [
    generate(dims, (index) => {
      let corners: readonly (readonly [weight: number, place: readonly number[]])[] = [[1, []]];
      index.forEach((i, axis) => {
        const place = position(i, axis);
        const floor = Math.floor(place);
        const options: readonly (readonly [number, number])[] = linear
          ? [
              [floor + 1 - place, clamp(floor, axis)],
              [place - floor, clamp(floor + 1, axis)],
            ]
          : [[1, clamp(round(place), axis)]];
        corners = corners.flatMap(([weight, before]) =>
          options.map(([share, cell]) => [weight * share, [...before, cell]] as const),
        );
      });
      return corners.reduce((sum, [weight, place]) => (weight === 0 ? sum : sum + weight * at(x, place)), 0);
    }),
  ];
};

export const resampling: Readonly<Record<string, Interpreter>> = { Pad: pad, Resize: resize };
