import { expect, it } from 'vitest';
import { difference, mirror } from './difference.js';

const gray = (width: number, bits: number, values: readonly number[]) => ({
  ...{ width, height: values.length / width, bits },
  data: bits > 8 ? Uint16Array.from(values) : Uint8Array.from(values),
});

it('of equal pictures is black, whatever their bits and size', () => {
  const small = gray(2, 8, [0, 255, 255, 0]);
  const large = gray(4, 12, [0, 0, 4095, 4095, 0, 0, 4095, 4095, 4095, 4095, 0, 0, 4095, 4095, 0, 0]);
  expect([...difference(small, large, false).data]).toEqual([0, 0, 0, 0]);
  expect(new Set(difference(large, small, false).data)).toEqual(new Set([0]));
});

it('of others says how far they are apart, twice', () => {
  expect([...difference(gray(3, 8, [0, 10, 200]), gray(3, 8, [5, 0, 0]), false).data]).toEqual([10, 20, 255]);
});

it('a mirrored copy is turned first', () => {
  const picture = gray(3, 8, [1, 2, 3, 4, 5, 6]);
  expect([...mirror(picture).data]).toEqual([3, 2, 1, 6, 5, 4]);
  expect(new Set(difference(picture, mirror(picture), true).data)).toEqual(new Set([0]));
  expect(new Set(difference(picture, mirror(picture), false).data)).not.toEqual(new Set([0]));
});
