import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Reads reference values written by `test/reference/make_fixtures.py`. */
export function reference<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as T;
}

/** Agreement to a relative tolerance, absolute near 0. */
export function expectClose(found: number | null | undefined, expected: number, tolerance = 1e-9): void {
  const allowed = tolerance * Math.max(Math.abs(expected), 1e-300) + (Math.abs(expected) > 1e-200 ? 0 : 1e-300);
  if (!(Math.abs((found ?? Number.NaN) - expected) <= Math.max(allowed, expected === 0 ? tolerance : 0))) {
    expect.fail(`found ${found}, expected ${expected} to a relative ${tolerance}`);
  }
}

export function expectAllClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expectClose(found[i], expected[i]!, tolerance);
}
