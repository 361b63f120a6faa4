import { describe, expect, it } from 'vitest';
import { lumaWords } from './luma-words.js';

describe('what is said of brightness', () => {
  it('changes with what was measured', () => {
    const said = (within: number, mean: number, largest: number, ordered: number) =>
      lumaWords({ within, mean, largest, ordered }).join(' ');
    expect(said(1, 0, 0, 1)).toBe('Luma is kept exactly. Brighter stays brighter.');
    expect(said(1, 0.3, 1, 1)).toBe('Luma is kept: within 1 level in every pixel. Brighter stays brighter.');
    expect(said(0.9999, 0.3, 2, 0.999)).toBe(
      'Luma is nearly kept: within 1 level in 99.9 % of pixels; off by 2 levels at most. 0.1 % of the steps from one gray level to the next brighter one turn darker.',
    );
    expect(said(0.9899, 12.34, 80, 1)).toBe(
      'Luma is not kept: within 1 level in 98.9 % of pixels; off by 12.3 levels on average, by 80 at most. Brighter stays brighter.',
    );
  });
});
