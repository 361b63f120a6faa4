import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { luma } from '../luma.js';
import { mergeStretchedChroma } from './stretched-chroma.js';
import { rgbToYuv } from './yuv.js';

const side = fc.integer({ min: 1, max: 20 });
const sizes = fc.record({ width: side, height: side });

/** Numbers from -1 to 1 that depend on a place and a seed. */
const noise = (i: number, seed: number): number => ((Math.imul(i + seed * 977, 2654435761) >>> 8) % 2001) / 1000 - 1;

describe('mergeStretchedChroma', () => {
  it('leaves every pixel the gray level as its luma, whatever the colours, black and white included', () => {
    fc.assert(
      fc.property(sizes, sizes, fc.nat(1000), fc.constantFrom(1, 40, 160), (from, to, seed, strength) => {
        const plane = (shift: number) =>
          Float32Array.from({ length: from.width * from.height }, (_, i) => strength * noise(i, seed + shift));
        const data = Uint8Array.from({ length: to.width * to.height }, (_, i) => (i * 51 + seed) % 256);
        const { data: rgb } = mergeStretchedChroma({ ...to, data }, { ...from, u: plane(0), v: plane(7) });
        data.forEach((level, i) => {
          expect(luma(rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!)).toBe(level);
        });
      }),
    );
  });

  it('gives the chroma asked for where it exists, to OpenCV’s rounding', () => {
    const colours: [u: number, v: number][] = [
      [30, -20],
      [-25, 35],
      [0, 0],
      [-40, -30],
    ];
    for (const [u, v] of colours) {
      const one = { width: 1, height: 1 };
      const merged = mergeStretchedChroma(
        { ...one, data: Uint8Array.of(128) },
        { ...one, u: Float32Array.of(u), v: Float32Array.of(v) },
      );
      const [, foundU, foundV] = rgbToYuv(merged).data;
      expect(Math.abs(foundU! - 128 - u)).toBeLessThanOrEqual(1);
      expect(Math.abs(foundV! - 128 - v)).toBeLessThanOrEqual(1);
    }
  });

  it('brings a colour that does not exist at its brightness towards gray, in its hue', () => {
    const one = { width: 1, height: 1 };
    const at = (level: number) =>
      mergeStretchedChroma(
        { ...one, data: Uint8Array.of(level) },
        { ...one, u: Float32Array.of(60), v: Float32Array.of(30) },
      ).data;
    expect([...at(0)]).toEqual([0, 0, 0]);
    expect([...at(255)]).toEqual([255, 255, 255]);
    const [red, green, blue] = at(230) as unknown as [number, number, number];
    expect(blue).toBe(255);
    // B - Y is 60 / 0.492 and R - Y 30 / 0.877, both times 25 / (60 / 0.492).
    expect(red).toBe(Math.round(230 + (30 / 0.877) * (25 / (60 / 0.492))));
    expect(green).toBeLessThan(230);
  });
});
