import { distancesFrom, isFar, memoryPack } from '@chromaray/imaging';
import { describe, expect, it } from 'vitest';
import { trainingLikeness } from './training-likeness.js';

describe('what a training part looks like', () => {
  it('is seen in gray, whatever channels the pack has, and from at most 2000 pictures', () => {
    const gray = packOf(2600, 1);
    const colour = packOf(2600, 3);
    const [a, b] = [trainingLikeness(gray, packOf(30, 1)), trainingLikeness(colour, packOf(30, 3))];
    expect(a).toEqual(b);
    expect([a!.described, a!.calibrated]).toEqual([2000, 30]);
    const upward = { width: 20, height: 20, data: Uint8Array.from({ length: 400 }, (_, i) => 255 - Math.floor(i / 2)) };
    expect(isFar(distancesFrom(upward, a!), a!)).toBe(true);
  });

  it('is left out where there are too few', () => {
    expect(trainingLikeness(packOf(30, 1), packOf(3, 1))).toBeUndefined();
  });
});

/** Gradients from top to bottom that differ a little. */
function packOf(count: number, channels: 1 | 3) {
  const side = 20;
  return memoryPack(
    Array.from({ length: count }, (_, picture) => {
      const data = Uint8Array.from({ length: side * side * channels }, (_, i) => {
        const at = Math.floor(i / channels);
        return Math.floor(at / 2) + ((picture * 7 + at * 3) % 11);
      });
      return { id: `${picture}`, image: { width: side, height: side, channels, data } };
    }),
  );
}
