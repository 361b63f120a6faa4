import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { compareClasses } from '../classes/classes-over-seeds.js';
import { type SimulatedClasses, simulateClasses } from './several-classes.js';

const studies = 250;
const even: SimulatedClasses = {
  patients: [40, 40, 40],
  seeds: 3,
  separation: [1.2, 1.2],
  seedDeviation: 0.05,
  shared: 0.5,
};

/** Shares of studies that find a difference from 0, and whose interval holds the truth. */
function rates(study: SimulatedClasses, metric: 'macro-auroc' | 'hand-till', truth: number) {
  let [found, covered] = [0, 0];
  for (let i = 0; i < studies; i++) {
    const { p, interval } = compareClasses(simulateClasses(study, new Random(`classes ${i}`)), { metric });
    found += Number(p < 0.05);
    covered += Number(interval.lower <= truth && truth <= interval.upper);
  }
  return { found: found / studies, covered: covered / studies };
}

describe('the test of several classes on simulated studies', () => {
  it.each([
    ['macro-auroc', even],
    ['hand-till', even],
    ['macro-auroc', { ...even, patients: [90, 40, 15] }],
  ] as const)('keeps its level where arms are equal: %s', (metric, study) => {
    const { found, covered } = rates(study, metric, 0);
    // 5 % with three binomial standard errors.
    expect(found).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / studies));
    expect(covered).toBeCloseTo(1 - found, 10);
  });

  it('finds a difference that is there, and its interval holds it', () => {
    const differing = { ...even, separation: [1, 1.5] as const, seedDeviation: 0.02 };
    const large = { ...differing, patients: [3000, 3000, 3000], seeds: 1, seedDeviation: 0 };
    const truth = compareClasses(simulateClasses(large, new Random('truth')), { metric: 'macro-auroc' }).difference;
    const { found, covered } = rates(differing, 'macro-auroc', truth);
    expect(found).toBeGreaterThan(0.5);
    expect(covered).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.05 * 0.95) / studies));
  });
});
