import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { luma, toGray, toRgb } from './luma.js';
import { pixelHash } from './pixel-hash.js';
import { grayPicture, rgbPicture } from './testing/pictures.test-support.js';

const sample = fc.integer({ min: 0, max: 255 });

describe('luma', () => {
  it('is BT.601’s weighted sum, rounded to nearest', () => {
    fc.assert(
      fc.property(sample, sample, sample, (r, g, b) => {
        expect(Math.abs(luma(r, g, b) - (0.299 * r + 0.587 * g + 0.114 * b))).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
    );
  });

  it.each([
    [255, 0, 0, 76],
    [0, 255, 0, 150],
    [0, 0, 255, 29],
    [255, 255, 255, 255],
  ])('of %i, %i, %i is %i', (r, g, b, expected) => expect(luma(r, g, b)).toBe(expected));
});

describe('toGray and toRgb', () => {
  it('are each other’s inverse on gray', () => {
    const picture = grayPicture(9, 8);
    expect(toGray(toRgb(picture))).toEqual(picture);
  });
});

describe('pixelHash', () => {
  it('is the same for the same picture, as gray or as RGB', () => {
    expect(pixelHash(toRgb(grayPicture(9, 8)))).toBe(pixelHash(grayPicture(9, 8)));
  });

  it('differs for other pixels and for another shape of the same pixels', () => {
    const { data } = grayPicture(12, 6);
    const hashes = [grayPicture(12, 6), grayPicture(12, 6, 1), rgbPicture(12, 6), { width: 6, height: 12, data }].map(
      pixelHash,
    );
    expect(new Set(hashes).size).toBe(4);
  });
});
