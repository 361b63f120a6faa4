import { describe, expect, it } from 'vitest';
import { insideSquare } from './inside-square.js';

const flat = (width: number, height: number) =>
  ({ width, height, channels: 1, data: new Uint8Array(width * height).fill(200) }) as const;
const lit = (square: Uint8Array, side: number) => {
  const at = [...square.keys()].filter((i) => square[i] === 200);
  const [columns, rows] = [at.map((i) => i % side), at.map((i) => Math.floor(i / side))];
  return [Math.min(...columns), Math.max(...columns), Math.min(...rows), Math.max(...rows)];
};

describe('a picture inside a square', () => {
  it.each([
    ['wide', 40, 20, [0, 7, 2, 5]],
    ['high', 10, 40, [3, 4, 0, 7]],
    ['square', 4, 4, [0, 7, 0, 7]],
    ['a line', 1000, 1, [0, 7, 3, 3]],
  ])('keeps the shape of one that is %s', (_, width, height, place) => {
    expect(lit(insideSquare(flat(width, height), 8), 8)).toEqual(place);
  });
});
