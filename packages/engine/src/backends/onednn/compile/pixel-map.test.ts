import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../builder/builder.js';
import { PixelMaps, writePixels } from './pixel-map.js';

function followed(build: (builder: GraphBuilder, pixels: string) => string, channels = 1) {
  const builder = new GraphBuilder('input', 17);
  const result = build(builder, builder.input('pixels', 'uint8', [1, channels, 2, 2]));
  const graph = builder.build();
  const maps = new PixelMaps('pixels', channels, (name) => graph.initializers.get(name));
  for (const node of graph.nodes) maps.follow(node);
  return maps.get(result);
}

const cast = (builder: GraphBuilder, value: string) => builder.node('Cast', [value], { to: 1 });

describe('functions of single pixels', () => {
  it('follow arithmetic with numbers, on either side, and with one number a channel', () => {
    const map = followed((b, pixels) => {
      const shifted = b.node('Sub', [b.floats(255), cast(b, pixels)]);
      return b.node('Div', [b.node('Add', [shifted, b.floats([1, 2, 3], [3, 1, 1])]), b.floats(2)]);
    }, 3);
    expect(map!.map(({ channel, values }) => [channel, values[5]])).toEqual([
      [0, 125.5],
      [1, 126],
      [2, 126.5],
    ]);
  });

  it('follow tables and repetition, and write them in the order of channels', () => {
    const map = followed((b, pixels) => {
      const table = b.constant('table', {
        dtype: 'float32',
        dims: [256],
        data: Float32Array.from({ length: 256 }, (_, i) => -i),
      });
      const looked = b.node('Gather', [table, b.node('Cast', [pixels], { to: 6 })], { axis: 0 });
      return b.node('Concat', [cast(b, pixels), looked, cast(b, pixels)], { axis: 1 });
    });
    const into = new Float32Array(2 * 3 * 2);
    writePixels(map!, Uint8Array.of(1, 2, 3, 4), { count: 2, channels: 1, area: 2 }, into);
    expect([...into]).toEqual([1, 2, -1, -2, 1, 2, 3, 4, -3, -4, 3, 4]);
  });

  it('keep repeated channels one table through arithmetic, so that they are copied', () => {
    const map = followed((b, pixels) => {
      const value = cast(b, pixels);
      const threefold = b.node('Concat', [value, value, value], { axis: 1 });
      const scaled = b.node('Mul', [threefold, b.floats(1 / 127.5)]);
      return b.node('Sub', [scaled, b.floats([1, 1, 2], [3, 1, 1])]);
    })!;
    expect(map[1]!.values).toBe(map[0]!.values);
    expect(map[2]!.values[255]).toBeCloseTo(0);
    expect(map[0]!.values[255]).toBeCloseTo(1);
  });

  it.each([
    [
      'a constant that differs from place to place',
      (b: GraphBuilder, x: string) => b.node('Mul', [cast(b, x), b.floats([1, 2], [1, 2])]),
    ],
    ['a function of several pixels', (b: GraphBuilder, x: string) => b.node('GlobalAveragePool', [cast(b, x)])],
    [
      'a table that is too short',
      (b: GraphBuilder, x: string) =>
        b.node('Gather', [b.floats([1, 2, 3]), b.node('Cast', [x], { to: 6 })], { axis: 0 }),
    ],
  ])('end at %s', (_, build) => {
    expect(followed(build)).toBeUndefined();
  });
});
