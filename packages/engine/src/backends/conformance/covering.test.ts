import { expect, it } from 'vitest';
import { everyPair } from './covering.test-support.js';

it('covers every pair of values with few combinations', () => {
  const axes = { a: [1, 2, 3], b: ['x', 'y'], c: [true, false], d: [0, 1, 2, 3] };
  const rows = everyPair(axes);
  for (const [first, values] of Object.entries(axes)) {
    for (const [second, others] of Object.entries(axes)) {
      if (first === second) continue;
      for (const value of values)
        for (const other of others)
          expect(rows.some((row) => (row as never)[first] === value && (row as never)[second] === other)).toBe(true);
    }
  }
  expect(rows.length).toBeGreaterThanOrEqual(12);
  expect(rows.length).toBeLessThan(3 * 2 * 2 * 4 * 0.4);
});
