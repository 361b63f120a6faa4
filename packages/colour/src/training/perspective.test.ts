import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { drawWarp, type PerspectiveWarp, warped } from './perspective.js';

interface Reference {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly number[];
  readonly cases: readonly { readonly warp: PerspectiveWarp; readonly expected: readonly number[] }[];
}

const file = path.join(import.meta.dirname, '../../test/fixtures/perspective.json');
const { width, height, pixels, cases } = JSON.parse(readFileSync(file, 'utf8')) as Reference;
const picture = { width, height, channels: 3, data: Uint8Array.from(pixels) } as const;

describe('a perspective warp', () => {
  it.each(cases)('of $warp is that of fastai under PyTorch', ({ warp, expected }) => {
    const { data } = warped(picture, warp);
    expect(data.length).toBe(expected.length);
    // Rounded to whole levels, where the last digits may fall to either side of a half.
    expected.forEach((level, i) => {
      expect(Math.abs(data[i]! - level)).toBeLessThan(0.501);
    });
  });

  it('is drawn from the seed alone, within its range', () => {
    const draws = Array.from({ length: 200 }, (_, seed) => drawWarp(0.25, new Random(seed)));
    expect(drawWarp(0.25, new Random(3))).toEqual(draws[3]);
    const all = draws.flat();
    expect(Math.max(...all)).toBeLessThanOrEqual(0.25);
    expect(Math.max(...all)).toBeGreaterThan(0.24);
    expect(Math.min(...all)).toBeLessThan(-0.24);
  });
});
