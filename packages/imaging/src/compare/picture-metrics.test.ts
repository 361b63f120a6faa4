import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Image } from '../image.js';
import { colourfulness } from './colourfulness.js';
import { peakSignalToNoise } from './signal-to-noise.js';
import { pictureSimilarity } from './structural-similarity.js';

interface Fixture {
  readonly scikitImage: string;
  readonly width: number;
  readonly height: number;
  readonly pictures: readonly (readonly [number, number])[];
  readonly pairs: readonly (readonly [number, number])[];
  readonly values: readonly { readonly psnr: number; readonly ssim: number }[];
  readonly colourfulness: readonly number[];
}

// Recorded by test/reference/picture_metrics.py.
const file = new URL('../../test/fixtures/picture-metrics.json', import.meta.url);
const reference = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
const { width, height } = reference;

function picture(index: number): Image {
  const [seed, strength] = reference.pictures[index]!;
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y, c] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3];
    return Math.floor(128 + (strength * (((x * 7 + y * 5 + c * 31 + seed * ((x * y) % 17)) % 90) - 45)) / 45);
  });
  return { width, height, channels: 3, data };
}

describe(`metrics of pictures against scikit-image ${reference.scikitImage}`, () => {
  it.each(reference.pairs.map(([i, j], at) => [i, j, reference.values[at]!] as const))(
    'pictures %i and %i: %o',
    (i, j, { psnr, ssim }) => {
      expect(peakSignalToNoise(picture(i), picture(j))).toBeCloseTo(psnr, 9);
      expect(pictureSimilarity(picture(i), picture(j))).toBeCloseTo(ssim, 6);
    },
  );

  it('colourfulness is that of its formula in NumPy', () => {
    for (const [i, expected] of reference.colourfulness.entries())
      expect(colourfulness(picture(i))).toBeCloseTo(expected, 9);
  });

  it('equal pictures have no noise', () => {
    expect(peakSignalToNoise(picture(0), picture(0))).toBe(Number.POSITIVE_INFINITY);
    expect(pictureSimilarity(picture(0), picture(0))).toBeCloseTo(1, 12);
  });
});
