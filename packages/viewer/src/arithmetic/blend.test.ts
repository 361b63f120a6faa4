import { expect, it } from 'vitest';
import { heatTable, mix, stepsOf } from './blend.js';

it('mixes to the nearest whole number, for every pair and share', () => {
  for (let a = 0; a < 256; a += 5)
    for (let b = 0; b < 256; b += 3)
      for (let share = 0; share < 256; share += 7)
        expect(Math.abs(mix(a, b, share) - (a + ((b - a) * share) / 255))).toBeLessThanOrEqual(0.5);
  expect([mix(13, 200, 0), mix(13, 200, 255), stepsOf(0.5), stepsOf(-1), stepsOf(2)]).toEqual([13, 200, 128, 0, 255]);
});

it('the map of heat grows brighter with its value', () => {
  const luma = (i: number): number =>
    0.299 * heatTable[3 * i]! + 0.587 * heatTable[3 * i + 1]! + 0.114 * heatTable[3 * i + 2]!;
  for (let i = 1; i < 256; i++) expect(luma(i)).toBeGreaterThanOrEqual(luma(i - 1));
});
