import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalTwoSidedP } from '../distributions/normal.js';
import type { Learning } from '../endpoint/learning.js';
import { twoOneSidedTests, twoOneSidedTestsFromBootstrap, withinMargin } from '../equivalence/tost.js';
import { type Correction, correctComparisons } from '../multiple/correction.js';
import { smallestDetectableDifference } from '../power/power.js';
import { comparisonInterval } from '../seeds/difference.js';
import { explainVerdict } from './explain.js';
import { ruleVerdict, type VerdictInput } from './verdict.js';

const learned: Learning = {
  notLearned: null,
  auroc: 0.9,
  interval: { lower: 0.85, upper: 0.93, level: 0.95 },
  perSeed: [],
};
const dead: Learning = {
  ...learned,
  notLearned: 'chance',
  auroc: 0.51,
  interval: { lower: 0.4, upper: 0.6, level: 0.95 },
};
const both = { arm: learned, control: learned };
const base = { alpha: 0.05, margin: 0.01, smallestDetectable: 0.0234, learning: both };
const names = { arm: 'turbo', control: 'gray' };
const explained = (input: VerdictInput) => explainVerdict(ruleVerdict(input).reason, names);
const at = (difference: number, half: number) => ({
  difference,
  interval: { lower: difference - half, upper: difference + half, level: 0.95 },
});

describe('the verdict', () => {
  it('helps, and says whether beyond the margin', () => {
    const far = { ...base, ...at(0.03, 0.01), pCorrected: 0.001 };
    expect(ruleVerdict(far)).toMatchObject({ verdict: 'helps', reason: { side: 'above', beyondMargin: true } });
    expect(explained(far)).toBe('the interval excludes 0 and every difference up to the margin of 0.01');
    const close = { ...base, ...at(0.015, 0.01), pCorrected: 0.01 };
    expect(ruleVerdict(close)).toMatchObject({ verdict: 'helps', reason: { beyondMargin: false } });
    expect(explained(close)).toBe('the interval excludes 0 but not differences smaller than the margin of 0.01');
  });

  it('harms', () => {
    const verdict = ruleVerdict({ ...base, ...at(-0.03, 0.01), pCorrected: 0.001 });
    expect(verdict).toMatchObject({ verdict: 'harms', reason: { side: 'below' } });
  });

  it('finds no meaningful difference where the interval lies inside the margin', () => {
    const none = { ...base, ...at(0.001, 0.006), pCorrected: 0.8 };
    expect(ruleVerdict(none).verdict).toBe('no meaningful difference');
    expect(explained(none)).toBe('the interval excludes every difference of 0.01 or more');
    const small = { ...base, ...at(0.005, 0.003), pCorrected: 0.002 };
    expect(ruleVerdict(small)).toMatchObject({ verdict: 'no meaningful difference', significant: true });
    expect(explained(small)).toBe('there is a difference, but it is smaller than the margin of 0.01');
  });

  it('is inconclusive otherwise, and gives the minimum detectable difference', () => {
    const open = { ...base, ...at(0.002, 0.02), pCorrected: 0.8 };
    expect(ruleVerdict(open).verdict).toBe('inconclusive');
    expect(explained(open)).toBe(
      'the interval includes both 0 and differences of 0.01 (the margin) or more; minimum detectable difference at 80 % power: 0.023',
    );
  });

  it.each([
    ['helps', at(0.03, 0.01), 0.001],
    ['harms', at(-0.03, 0.01), 0.001],
    ['no meaningful difference', at(0.001, 0.006), 0.8],
    ['inconclusive', at(0.002, 0.02), 0.8],
  ] as const)('never says "%s" of arms that are not shown to have learned', (word, difference, pCorrected) => {
    const input = { ...base, ...difference, pCorrected };
    expect(ruleVerdict(input).verdict).toBe(word);
    const arm = { ...input, learning: { arm: dead, control: learned } };
    expect(ruleVerdict(arm)).toMatchObject({ verdict: 'did not learn', reason: { kind: 'not learned', who: 'arm' } });
    expect(explained(arm)).toMatch(/^turbo is not shown to have learned.*its difference from gray says nothing/);
    for (const learning of [
      { arm: learned, control: dead },
      { arm: dead, control: dead },
    ]) {
      expect(ruleVerdict({ ...input, learning }).verdict).toBe('control did not learn');
      expect(explained({ ...input, learning })).toMatch(/^gray is not shown to have learned.*nothing can be concluded/);
    }
  });

  it('does not say of networks at chance on records from elsewhere that they did not learn', () => {
    const input = { ...base, ...at(-0.03, 0.01), pCorrected: 0.001, elsewhere: true };
    const abroad = { ...input, learning: { arm: learned, control: dead } };
    expect(ruleVerdict(abroad)).toMatchObject({ verdict: 'inconclusive', reason: { kind: 'at chance elsewhere' } });
    expect(explained(abroad)).toMatch(
      /^on these records the AUROC of gray, 0\.510 .* is not shown to be better than chance/,
    );
    expect(ruleVerdict(input).verdict).toBe('harms');
  });

  it('leaves open what networks show that learned but vary too much', () => {
    const varying: Learning = { ...dead, notLearned: 'seeds vary' };
    for (const learning of [
      { arm: varying, control: learned },
      { arm: learned, control: varying },
    ]) {
      const input = { ...base, ...at(0.03, 0.01), pCorrected: 0.001, learning };
      expect(ruleVerdict(input)).toMatchObject({ verdict: 'inconclusive', reason: { kind: 'seeds vary' } });
      expect(explained(input)).toContain('more seeds are needed');
    }
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
            learning: both,
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

  it('is not concluded from a variance of 0', () => {
    const certain = { difference: 0, standardError: 0, degreesOfFreedom: 9 };
    expect(() => twoOneSidedTests(certain, 0.01)).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_EVIDENCE_ARGUMENT' }),
    );
    expect(() => smallestDetectableDifference(certain)).toThrow(/standard error/i);
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
