import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from './random.js';

const draws = (random: Random, n: number): number[] => Array.from({ length: n }, () => random.float());

describe('Random', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    expect(draws(new Random(7), 50)).toEqual(draws(new Random(7), 50));
    expect(draws(new Random(7), 50)).not.toEqual(draws(new Random(8), 50));
  });

  it('fills an array with what single calls give, and goes on from there', () => {
    const [filled, single] = [new Random('fill'), new Random('fill')];
    const into = new Uint32Array(101);
    filled.fillUint32(into);
    expect([...into]).toEqual(Array.from({ length: 101 }, () => single.uint32()));
    expect(filled.uint32()).toBe(single.uint32());
  });

  it('forks streams that do not depend on how far the parent has been drawn', () => {
    const parent = new Random('study');
    const before = draws(parent.fork('shuffle'), 10);
    draws(parent, 100);
    expect(draws(parent.fork('shuffle'), 10)).toEqual(before);
    expect(draws(parent.fork('dropout'), 10)).not.toEqual(before);
  });

  it('passes a chi-square test of uniformity over 64 cells', () => {
    const cells = new Array<number>(64).fill(0);
    const random = new Random('uniform');
    const n = 64_000;
    for (let i = 0; i < n; i++) cells[Math.floor(random.float() * 64)]!++;
    const expected = n / 64;
    const chiSquare = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 99.9 % quantile of chi-square with 63 degrees of freedom (scipy.stats.chi2.ppf(0.999, 63)).
    expect(chiSquare).toBeLessThan(103.44);
  });

  it('draws normals with mean 0, variance 1 and kurtosis 3', () => {
    const random = new Random('normal');
    const n = 100_000;
    const values = Array.from({ length: n }, () => random.normal());
    const moment = (k: number): number => values.reduce((sum, value) => sum + value ** k, 0) / n;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
  });

  it('shuffles into a permutation and keeps integers below their limit', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 300 }), (seed, n) => {
        const random = new Random(seed);
        expect([...random.permutation(n)].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
        expect(random.int(n)).toBeLessThan(n);
      }),
    );
  });

  it('puts every item into every place equally often', () => {
    const counts = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
    const random = new Random('places');
    for (let i = 0; i < 8000; i++) {
      for (const [place, item] of random.permutation(4).entries()) counts[item]![place]!++;
    }
    for (const row of counts) for (const count of row) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });
});
