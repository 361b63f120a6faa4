import { describe, expect, it } from 'vitest';
import { extent, linear, ticks } from './scale.js';

describe('a scale', () => {
  it('maps its domain to its range, also the other way round', () => {
    const down = linear([0, 10], [100, 0]);
    expect([down(0), down(5), down(10)]).toEqual([100, 50, 0]);
    expect(linear([3, 3], [0, 50])(3)).toBe(0);
  });

  it.each([
    [[0, 1], 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [[0.31, 0.69], 4, [0.4, 0.5, 0.6]],
    [[1, 22], 6, [5, 10, 15, 20]],
    [[2, 2], 5, [2]],
  ] as const)('has round ticks within %s', (domain, about, expected) => {
    expect(ticks(domain, about)).toEqual(expected);
  });

  it('holds all that was measured, and nothing that was not', () => {
    expect(extent([null, Number.NaN, 1, 2], [0, 1])).toEqual([0.96, 2.04]);
    expect(extent([null], [0, 1])).toEqual([0, 1]);
    expect(extent([0.5], [0, 1])).toEqual([0.45, 0.55]);
  });
});
