import { readFileSync } from 'node:fs';
import { sha256 } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { colourfulness } from '../compare/colourfulness.js';
import type { GrayImage } from '../image.js';
import { smoothRandom } from './smooth-random.js';
import { contract, splineCoefficients, splinePlace, splineSide } from './spline-field.js';
import { lumaOf } from './yuv.js';

// Recorded by test/reference/smooth_random.py.
const file = new URL('../../test/fixtures/smooth-random.json', import.meta.url);
const { scipy, points, values } = JSON.parse(readFileSync(file, 'utf8')) as {
  scipy: string;
  points: readonly (readonly [g: number, x: number, y: number])[];
  values: readonly number[];
};

/** Every gray level at many places. */
const everything: GrayImage = {
  width: 160,
  height: 128,
  data: Uint8Array.from({ length: 160 * 128 }, (_, i) => (i * 97) % 256),
};
const flat = (level: number, width: number, height: number): GrayImage => ({
  width,
  height,
  data: new Uint8Array(width * height).fill(level),
});

describe(`the splines of a smooth colouring, against SciPy ${scipy}`, () => {
  const coefficients = Float64Array.from({ length: splineCoefficients }, (_, i) => ((i * 37 + 11) % 101) / 50 - 1);

  it.each(points.map((point, i) => [...point, values[i]!] as const))('at gray %f, place %f %f', (g, x, y, expected) => {
    const plane = new Float64Array(splineSide ** 2);
    const line = new Float64Array(splineSide);
    const value = new Float64Array(1);
    contract(coefficients, splinePlace(y), plane);
    contract(plane, splinePlace(x), line);
    contract(line, splinePlace(g), value);
    expect(value[0]).toBeCloseTo(expected, 12);
  });
});

describe('a smooth random colouring', () => {
  it('gives the same samples on every machine', () => {
    expect(sha256(smoothRandom({ seed: 1, colourfulness: 28 })(everything).data)).toBe(
      '0c77248254cd7c7ca7df26503993e0932dba8c1859fd35041ae9e52b8293a1e0',
    );
  });

  it('keeps the luma of the X-ray wherever no channel is cut off', () => {
    const { data } = smoothRandom({ seed: 3 })(everything);
    let kept = 0;
    for (let i = 0; i < everything.data.length; i++) {
      const [red, green, blue] = data.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number];
      if ([red, green, blue].some((sample) => sample === 0 || sample === 255)) continue;
      kept++;
      expect(Math.abs(lumaOf(red, green, blue) - everything.data[i]!)).toBeLessThanOrEqual(1);
    }
    expect(kept).toBeGreaterThan(0.7 * everything.data.length);
  });

  it('is one function of gray level and place for all pictures, whatever their size and their other pixels', () => {
    const colour = smoothRandom({ seed: 5 });
    const at = (image: GrayImage, x: number, y: number) => {
      const pixel = 3 * (y * image.width + x);
      return [...colour(image).data.subarray(pixel, pixel + 3)];
    };
    const changed = { ...everything, data: everything.data.map((level, i) => (i === 80 ? level : 255 - level)) };
    expect(at(changed, 80, 0)).toEqual(at(everything, 80, 0));
    // The centre of a cell of 10 x 10 is the centre of the middle one of 30 x 30.
    for (const [x, y] of [
      [0, 0],
      [7, 2],
      [9, 9],
    ] as const)
      expect(at(flat(140, 30, 30), 3 * x + 1, 3 * y + 1)).toEqual(at(flat(140, 10, 10), x, y));
  });

  it('is another one for each seed', () => {
    const hashes = [0, 1, 2, 3, 4294967295].map((seed) => sha256(smoothRandom({ seed })(everything).data));
    expect(new Set(hashes).size).toBe(5);
    expect(sha256(smoothRandom()(everything).data)).toBe(hashes[0]);
  });

  it.each([1, 2, 3])('is smooth: neighbouring places and gray levels differ little, seed %i', (seed) => {
    const side = 64;
    const colour = smoothRandom({ seed });
    const steps = (data: Uint8Array, stride: number, wraps: (pixel: number) => boolean): number => {
      let most = 0;
      for (let i = 0; i + 3 * stride < data.length; i++) {
        if (wraps(Math.floor(i / 3))) continue;
        most = Math.max(most, Math.abs(data[i]! - data[i + 3 * stride]!));
      }
      return most;
    };
    const { data } = colour(flat(128, side, side));
    expect(steps(data, 1, (pixel) => pixel % side === side - 1)).toBeLessThanOrEqual(10);
    expect(steps(data, side, () => false)).toBeLessThanOrEqual(10);
    const ramp = { width: 1, height: 1, data: new Uint8Array(1) };
    const byLevel = Uint8Array.from({ length: 768 }, (_, i) => {
      ramp.data[0] = Math.floor(i / 3);
      return colour(ramp).data[i % 3]!;
    });
    expect(steps(byLevel, 1, () => false)).toBeLessThanOrEqual(6);
  });

  it.each([10, 30])('has the colourfulness that is asked for, %i, but for what is cut off', (wanted) => {
    const found = [1, 2, 3, 4].map((seed) => colourfulness(smoothRandom({ seed, colourfulness: wanted })(everything)));
    for (const value of found) {
      expect(value).toBeGreaterThan(0.75 * wanted);
      expect(value).toBeLessThan(1.05 * wanted);
    }
  });
});
