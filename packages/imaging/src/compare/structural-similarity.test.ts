import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { structuralSimilarity } from './structural-similarity.js';

interface Fixture {
  readonly tensorflow: string;
  readonly width: number;
  readonly height: number;
  readonly planes: readonly (readonly [number, number, number])[];
  readonly pairs: readonly (readonly [number, number])[];
  readonly values: readonly number[];
}

// Recorded by test/reference/structural_similarity.py.
const file = new URL('../../test/fixtures/structural-similarity.json', import.meta.url);
const { tensorflow, width, height, planes, pairs, values } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;

function plane(index: number): Float32Array {
  const [a, b, c] = planes[index]!;
  return Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return 0.5 + 0.5 * Math.sin(a * x + b * y + (c * x * y) / 20);
  });
}

// TensorFlow computes in float32, where the variance of a plane near a constant is known to 1e-5 only.
describe(`structural similarity against TensorFlow ${tensorflow}`, () => {
  it.each(pairs.map(([i, j], at) => [i, j, values[at]!] as const))('of planes %i and %i is %f', (i, j, expected) => {
    expect(structuralSimilarity(plane(i), plane(j), { width, height })).toBeCloseTo(expected, 4);
    expect(structuralSimilarity(plane(j), plane(i), { width, height })).toBeCloseTo(expected, 4);
  });

  it('is not known of planes smaller than its window', () => {
    expect(structuralSimilarity(new Float32Array(100), new Float32Array(100), { width: 10, height: 10 })).toBeNull();
  });
});
