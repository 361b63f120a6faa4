import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { colourfulness } from './colourfulness.js';

// Recorded by test/reference/smooth_random.py with NumPy.
const file = new URL('../../test/fixtures/smooth-random.json', import.meta.url);
const { pictures } = JSON.parse(readFileSync(file, 'utf8')) as {
  pictures: readonly { rgb: readonly number[]; colourfulness: number }[];
};

describe('colourfulness', () => {
  it.each(pictures)('is as NumPy works it out: $colourfulness', ({ rgb, colourfulness: expected }) => {
    const image = { width: rgb.length / 3, height: 1, channels: 3, data: Uint8Array.from(rgb) } as const;
    expect(colourfulness(image)).toBeCloseTo(expected, 9);
  });
});
