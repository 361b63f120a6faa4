import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { besideLimits } from './beside-limits.js';
import { decimal, differenceInterval, metricBeside, pValue } from './format.js';

describe('numbers beside the limit that they are compared with', () => {
  it('an end inside the margin is not written as the margin, nor one that leaves out 0 as 0', () => {
    expect(differenceInterval([-0.0068, 0.009828706], 0.01)).toBe('−0.007 to +0.0098');
    expect(differenceInterval([-0.0100001, 0.0102], 0.01)).toBe('−0.0100001 to +0.0102');
    expect(differenceInterval([0.0002, 0.0164], 0.01)).toBe('+0.0002 to +0.016');
    expect(differenceInterval([-0.0164, -0.00004], 0.01)).toBe('−0.016 to −0.00004');
  });

  it('has three decimals where these show it, and where an end is the limit', () => {
    expect(differenceInterval([-0.0123, 0.0456], 0.01)).toBe('−0.012 to +0.046');
    expect(differenceInterval([-0.01, 0], 0.01)).toBe('−0.010 to 0.000');
    expect(differenceInterval(null, 0.01)).toBe('–');
  });

  it('a minimum detectable difference above the margin is not written as the margin', () => {
    expect([0.01004, 0.00996, 0.0123, null].map((value) => metricBeside(value, 0.01))).toEqual([
      '0.01004',
      '0.00996',
      '0.012',
      '–',
    ]);
  });

  it('a p value below 0.05 or 0.01 is not written as that', () => {
    expect([0.0496, 0.0504, 0.05, 0.0098, 0.00996].map(pValue)).toEqual([
      '0.0496',
      '0.0504',
      '0.050',
      '0.0098',
      '0.00996',
    ]);
  });

  it('what is written lies on the side of every limit on which the number lies', () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(number, fc.constantFrom(0.005, 0.01, 0.0125, 0.1), (value, margin) => {
        const limits = [0, margin, -margin];
        const written = Number(besideLimits(value, limits, decimal).replace('−', '-'));
        const nearest = Math.min(...limits.map((limit) => Math.abs(value - limit)));
        return nearest < 1e-11 || limits.every((limit) => Math.sign(written - limit) === Math.sign(value - limit));
      }),
    );
  });
});
