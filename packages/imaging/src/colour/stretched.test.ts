import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resizeAsPillow } from '../resize/pillow.js';
import { stretchPlane } from '../resize/plane.js';
import { mergeLightness, mergeStretchedLightness } from './lab.js';
import { mergeStretchedLuma } from './stretched-luma.js';
import { mergeLuma } from './yuv.js';

const side = fc.integer({ min: 1, max: 24 });
const sizes = fc.record({ width: side, height: side });
const seed = fc.nat();

/** Bytes of every kind, extremes among them. */
function bytes(count: number, from: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => {
    const mixed = Math.imul(from + i, 2654435761) >>> 16;
    return mixed % 5 === 0 ? 255 * (mixed & 1) : mixed;
  });
}

describe('mergeStretchedLuma', () => {
  it('is stretching, then merging, sample for sample, whatever the sizes', () => {
    fc.assert(
      fc.property(sizes, sizes, seed, (from, to, start) => {
        const data = bytes(from.width * from.height * 3, start);
        const pixels = Int32Array.from(
          { length: from.width * from.height },
          (_, i) => data[3 * i]! | (data[3 * i + 1]! << 8) | (data[3 * i + 2]! << 16),
        );
        const gray = { ...to, data: bytes(to.width * to.height, start + 1) };
        const stretched = resizeAsPillow({ ...from, channels: 3, data }, to, 'bilinear');
        expect(mergeStretchedLuma(gray, { ...from, pixels })).toEqual(mergeLuma(gray, stretched));
      }),
    );
  });
});

describe('mergeStretchedLightness', () => {
  it('is stretching, then merging, sample for sample, whatever the sizes', () => {
    fc.assert(
      fc.property(sizes, sizes, seed, (from, to, start) => {
        const plane = (shift: number) =>
          Float32Array.from(bytes(from.width * from.height, start + shift), (value) => value / 1.37 - 90);
        const [a, b] = [plane(0), plane(7)];
        const gray = { ...to, data: bytes(to.width * to.height, start + 1) };
        const stretched = { ...to, a: stretchPlane(a, from, to), b: stretchPlane(b, from, to) };
        expect(mergeStretchedLightness(gray, { ...from, a, b })).toEqual(mergeLightness(gray, stretched));
      }),
    );
  });
});
