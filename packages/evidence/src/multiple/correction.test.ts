import { describe, expect, it } from 'vitest';
import { expectAllClose, expectClose, reference } from '../../test/reference.test-support.js';
import { twoOneSidedTests } from '../equivalence/tost.js';
import { mcNemar, mcNemarP } from '../paired/mcnemar.js';
import { summarise } from '../seeds/summary.js';
import { wilsonInterval } from '../threshold/wilson.js';
import { adjustedP } from './correction.js';

const statsmodels = reference<{
  pValues: number[];
  holm: number[];
  benjaminiHochberg: number[];
  bonferroni: number[];
  mcNemar: [number, number, number][];
  wilson: [number, number, number, number, number][];
  differences: number[];
  equivalence: { p: number; pLower: number; pUpper: number };
  summary: { mean: number; sd: number; median: number; interval: [number, number] };
}>('tests');

describe('tests agree with statsmodels', () => {
  it('corrections for several comparisons', () => {
    expectAllClose(adjustedP(statsmodels.pValues, 'holm'), statsmodels.holm);
    expectAllClose(adjustedP(statsmodels.pValues, 'benjamini-hochberg'), statsmodels.benjaminiHochberg);
    expectAllClose(adjustedP(statsmodels.pValues, 'bonferroni'), statsmodels.bonferroni);
  });

  it("McNemar's exact test", () => {
    for (const [b, c, p] of statsmodels.mcNemar) expectClose(mcNemarP(b, c).p, p, 1e-11);
    const result = mcNemar([1, 1, 0, 1], [1, 0, 0, 0]);
    expect(result).toMatchObject({ bothRight: 1, onlyArmRight: 2, onlyControlRight: 0, bothWrong: 1 });
    expectClose(result.p, 0.5, 1e-12);
    expectClose(result.midP, 0.25, 1e-12);
  });

  it("Wilson's interval", () => {
    for (const [k, n, level, lower, upper] of statsmodels.wilson) {
      const interval = wilsonInterval(k, n, level);
      expectClose(interval.upper, upper);
      if (k > 0) expectClose(interval.lower, lower);
    }
  });

  it('two one-sided tests and the t interval over seeds', () => {
    const summary = summarise(statsmodels.differences);
    expectAllClose(
      [summary.mean, summary.sd, summary.median, summary.interval!.lower, summary.interval!.upper],
      [statsmodels.summary.mean, statsmodels.summary.sd, statsmodels.summary.median, ...statsmodels.summary.interval],
    );
    const equivalence = twoOneSidedTests(
      { difference: summary.mean, standardError: summary.sd / Math.sqrt(summary.n), degreesOfFreedom: summary.n - 1 },
      0.01,
    );
    expectClose(equivalence.p, statsmodels.equivalence.p);
    expectClose(equivalence.pLower, statsmodels.equivalence.pLower);
    expectClose(equivalence.pUpper, statsmodels.equivalence.pUpper);
  });
});
