import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRgb } from '../luma.js';
import { grayPicture, rgbPicture } from '../testing/pictures.test-support.js';
import { resize } from './resize.js';

interface Fixture {
  cases: { width: number; height: number; pixels: number[]; toWidth: number; toHeight: number; expected: number[] }[];
}
// Written by test/reference/resize.py from torch's interpolation.
const fixture: Fixture = JSON.parse(readFileSync(new URL('../../test/fixtures/resize.json', import.meta.url), 'utf8'));

describe('resize', () => {
  it.each(fixture.cases)('$width x $height to $toWidth x $toHeight agrees with torch', (example) => {
    const { width, height, toWidth, toHeight, expected } = example;
    const image = { width, height, data: Uint8Array.from(example.pixels) };
    const result = resize(image, { width: toWidth, height: toHeight });
    expect(result).toMatchObject({ width: toWidth, height: toHeight, channels: 1 });
    const furthest = Math.max(...expected.map((value, i) => Math.abs(value - result.data[i]!)));
    // half a level of rounding, and the four decimals of the fixture
    expect(furthest).toBeLessThanOrEqual(0.5001);
  });

  it('keeps the mean brightness at all sizes', () => {
    for (const [width, height] of [
      [301, 173],
      [256, 128],
      [129, 255],
    ] as const) {
      const picture = grayPicture(width, height);
      // means of eight integers end in .5 every eighth time, which rounds upward: 1/16 on average
      expect(Math.abs(mean(resize(picture, 64).data) - mean(picture.data))).toBeLessThan(0.1);
    }
  });

  it('never leaves the range of the source, in either direction', () => {
    const edge = { width: 20, height: 20, data: Uint8Array.from({ length: 400 }, (_, i) => (i % 20 < 9 ? 40 : 220)) };
    for (const side of [7, 53]) {
      const { data } = resize(edge, side);
      expect([Math.min(...data), Math.max(...data)]).toEqual([40, 220]);
    }
  });

  it('treats channels apart', () => {
    const image = rgbPicture(13, 11);
    const result = resize(image, { width: 5, height: 20 });
    for (const c of [0, 1, 2]) {
      const plane = { width: 13, height: 11, data: image.data.filter((_, i) => i % 3 === c) };
      expect(result.data.filter((_, i) => i % 3 === c)).toEqual(resize(plane, { width: 5, height: 20 }).data);
    }
  });

  it('reduces gray exactly as it reduces each channel of colour, whatever the sizes and wherever the samples lie', () => {
    const side = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(side, side, side, side, fc.integer({ min: 0, max: 3 }), fc.nat(), (w, h, dw, dh, offset, seed) => {
        const [width, height] = [w + dw, h + dh];
        const samples = new Uint8Array(width * height + offset).subarray(offset);
        samples.set(rgbPicture(width, height, seed).data.subarray(0, width * height));
        const gray = resize({ width, height, data: samples }, { width: w, height: h });
        const colour = resize(toRgb({ width, height, data: samples }), { width: w, height: h });
        expect([...gray.data]).toEqual([...colour.data.filter((_, i) => i % 3 === 0)]);
      }),
    );
  });

  it('adds up columns of more rows than one word holds', () => {
    const white = { width: 5, height: 3000, data: new Uint8Array(15_000).fill(255) };
    expect([...resize(white, { width: 2, height: 2 }).data]).toEqual([255, 255, 255, 255]);
  });

  it('copies when the size stays', () => {
    const picture = grayPicture(9, 5);
    const result = resize(picture, { width: 9, height: 5 });
    expect(result).toEqual(picture);
    expect(result.data).not.toBe(picture.data);
  });

  it.each([0, -1, 1.5, Number.NaN, 20000])('refuses a side of %s', (side) => {
    expect(() => resize(grayPicture(3, 3), side)).toThrow(expect.objectContaining({ code: 'CHROMARAY_IMAGE_SIZE' }));
  });
});

function mean(data: Uint8Array): number {
  return data.reduce((sum, value) => sum + value, 0) / data.length;
}
