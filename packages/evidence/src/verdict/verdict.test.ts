import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalTwoSidedP } from '../distributions/normal.js';
import { twoOneSidedTests, twoOneSidedTestsFromBootstrap, withinMargin } from '../equivalence/tost.js';
import { type Correction, correctComparisons } from '../multiple/correction.js';
import { comparisonInterval } from '../seeds/difference.js';
import { ruleVerdict } from './verdict.js';

const base = { alpha: 0.05, margin: 0.01, smallestDetectable: 0.0234 };
const at = (difference: number, half: number) => ({
  difference,
  interval: { lower: difference - half, upper: difference + half, level: 0.95 },
});

describe('the verdict', () => {
  it('helps, and says whether beyond the margin', () => {
    expect(ruleVerdict({ ...base, ...at(0.03, 0.01), pCorrected: 0.001 })).toMatchObject({
      verdict: 'helps',
      beyondMargin: true,
      reason: 'the difference is above 0, beyond the margin of 0.01',
    });
    expect(ruleVerdict({ ...base, ...at(0.015, 0.01), pCorrected: 0.01 })).toMatchObject({
      verdict: 'helps',
      beyondMargin: false,
      reason: 'the difference is above 0, though perhaps by less than the margin of 0.01',
    });
  });

  it('harms', () => {
    expect(ruleVerdict({ ...base, ...at(-0.03, 0.01), pCorrected: 0.001 }).verdict).toBe('harms');
  });

  it('finds no meaningful difference where the interval lies inside the margin', () => {
    expect(ruleVerdict({ ...base, ...at(0.001, 0.006), pCorrected: 0.8 })).toMatchObject({
      verdict: 'no meaningful difference',
      limitation: null,
    });
    expect(ruleVerdict({ ...base, ...at(0.005, 0.003), pCorrected: 0.002 })).toMatchObject({
      verdict: 'no meaningful difference',
      significant: true,
      reason: 'a difference exists, but it is smaller than the margin of 0.01',
    });
  });

  it('is inconclusive otherwise, and says what the study could have seen', () => {
    expect(ruleVerdict({ ...base, ...at(0.002, 0.02), pCorrected: 0.8 })).toMatchObject({
      verdict: 'inconclusive',
      limitation: 'the study could not have seen less than 0.023',
    });
  });

  it('refuses a p value that contradicts its interval', () => {
    expect(() => ruleVerdict({ ...base, ...at(0.03, 0.02), pCorrected: 0.4 })).toThrow(/in agreement/);
    expect(() => ruleVerdict({ ...base, ...at(0.03, 0.05), pCorrected: 0.01 })).toThrow(/in agreement/);
  });
});

describe('corrected comparisons', () => {
  it('show intervals that leave out 0 exactly where they are significant', () => {
    const corrections = fc.constantFrom<Correction>('holm', 'bonferroni', 'benjamini-hochberg', 'none');
    const statistics = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(statistics, corrections, fc.constantFrom(0.01, 0.05, 0.2), (ts, correction, alpha) => {
        const corrected = correctComparisons(ts.map(normalTwoSidedP), correction, alpha);
        corrected.forEach(({ significant, pCorrected, intervalLevel }, i) => {
          const interval = comparisonInterval(normalComparison(ts[i]!), intervalLevel);
          expect(interval.lower > 0 || interval.upper < 0).toBe(significant);
          expect(intervalLevel).toBeGreaterThanOrEqual(1 - alpha - 1e-15);
          const verdict = ruleVerdict({
            difference: ts[i]! / 100,
            interval,
            pCorrected,
            alpha,
            margin: 0.03,
            smallestDetectable: 0.03,
          });
          if (verdict.verdict === 'helps') expect(interval.lower).toBeGreaterThan(0);
          if (verdict.verdict === 'harms') expect(interval.upper).toBeLessThan(0);
        });
      }),
    );
  });
});

describe('equivalence', () => {
  it('at alpha agrees with the interval of level 1 - 2 alpha', () => {
    const comparison = normalComparison(0.4);
    for (const margin of [0.015, 0.02, 0.0204, 0.0205, 0.03]) {
      const { p } = twoOneSidedTests(comparison, margin);
      expect(p <= 0.05).toBe(withinMargin(comparisonInterval(comparison, 0.9), margin));
    }
  });

  it('from a bootstrap counts what lies beyond the margin', () => {
    const values = Array.from({ length: 99 }, (_, i) => (i - 49) / 1000);
    expect(twoOneSidedTestsFromBootstrap(values, 0.0475)).toMatchObject({ pLower: 0.03, pUpper: 0.03, p: 0.03 });
  });

  it('needs a margin', () => {
    expect(() => withinMargin({ lower: 0, upper: 0, level: 0.95 }, 0)).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_EVIDENCE_ARGUMENT' }),
    );
  });
});

/** A comparison with a standard error of 0.01 and the normal distribution. */
function normalComparison(t: number) {
  return {
    difference: t / 100,
    mean: t / 100,
    perSeed: [t / 100],
    arm: 0.9 + t / 100,
    control: 0.9,
    t,
    standardError: 0.01,
    variance: 1e-4,
    degreesOfFreedom: Number.POSITIVE_INFINITY,
    patientVariance: 1e-4,
    seedVariance: 0,
  };
}
