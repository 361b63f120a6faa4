import { describe, expect, it } from 'vitest';
import { expectClose } from '../../test/reference.test-support.js';
import { chiSquareUpperTail, fQuantile, fUpperTail } from '../distributions/f.js';
import { analysedTable } from './analysed-table.js';
import { analyseArms } from './compare-arms.js';
import { mrmcComponents } from './components.js';
import type { CovarianceMethod } from './covariance.js';
import { dbmTest } from './dbm.js';
import type { Generality } from './error-term.js';
import { intraclassCorrelation } from './intraclass.js';
import type { Merit } from './merit.js';
import { mrmcTest } from './obuchowski-rockette.js';
import { planningComponents, readerPower } from './reader-power.js';
import { type Reading, readerTable } from './readings.js';
import { type ExpectedAnalysis, nestedIn, recorded, simulated } from './simulated-readings.test-support.js';

const random: Generality = { readers: 'random', cases: 'random' };
const auc: Merit = { of: 'auc' };

function expectAnalysis(
  readings: readonly Reading[],
  expected: ExpectedAnalysis,
  method: CovarianceMethod = 'jackknife',
  merit = auc,
): void {
  const found = mrmcComponents(readerTable(readings), merit, method);
  for (const name of ['msT', 'msR', 'msTR', 'variance', 'cov1'] as const) expectClose(found[name], expected[name]);
  // Of nested cases these are 0 here, and rounding in R.
  for (const name of ['cov2', 'cov3'] as const) expect(Math.abs(found[name] - expected[name])).toBeLessThan(1e-15);
  found.values.flat().forEach((value, k) => {
    expectClose(value, expected.values[k]!);
  });
  const test = mrmcTest(found, random)!;
  expectClose(test.f, expected.f);
  expectClose(test.degreesOfFreedom, expected.df);
  expectClose(test.p, expected.p);
  const fixedReaders = mrmcTest(found, { readers: 'fixed', cases: 'random' })!;
  expectClose(fixedReaders.f, expected.fixedReaders.f);
  expectClose(fixedReaders.p, expected.fixedReaders.p);
  const fixedCases = mrmcTest(found, { readers: 'random', cases: 'fixed' })!;
  expectClose(fixedCases.f, expected.fixedCases.f);
  expectClose(fixedCases.p, expected.fixedCases.p);
}

describe('simulated readings, analysed by base R', () => {
  it.each(['jackknife', 'delong', 'unbiased'] as const)('two and three arms, %s', (method) => {
    expectAnalysis(simulated.two, recorded.expected.two[method], method);
    expectAnalysis(simulated.three, recorded.expected.three[method], method);
  });

  it.each([
    ['sensitivity', { of: 'sensitivity', cut: 50 }],
    ['specificity', { of: 'specificity', cut: 50 }],
    ['partial', { of: 'partial auc', from: 0, to: 0.3 }],
  ] as const)('%s', (name, merit) => {
    expectAnalysis(simulated.two, recorded.expected.two[name], 'jackknife', merit);
  });

  it.each(['readers', 'arms', 'blocks'] as const)('cases nested in %s', (what) => {
    expectAnalysis(nestedIn(what, simulated.two), recorded.expected.nested[what]);
  });

  it.each(['two', 'three'] as const)('pseudovalues of Dorfman, Berbaum and Metz, %s arms', (name) => {
    const found = dbmTest(readerTable(simulated[name]), auc)!;
    const { f, df, p } = recorded.expected[name].dbm;
    expectClose(found.f, f);
    expectClose(found.degreesOfFreedom, df);
    expectClose(found.p, p);
  });

  it('intervals of the difference, and of each arm alone', () => {
    const method = { merit: auc, covariance: 'jackknife', generality: random } as const;
    const { comparisons, arms } = analyseArms(analysedTable(simulated.two, random), 'a1', method);
    const { difference, arms: alone } = recorded.expected.two.jackknife;
    expectClose(comparisons[0]!.difference, difference.estimate);
    expectClose(comparisons[0]!.interval.lower, difference.lower);
    expectClose(comparisons[0]!.interval.upper, difference.upper);
    arms.forEach(({ standardError, degreesOfFreedom }, i) => {
      expectClose(standardError ** 2, alone[i + 1]!.variance);
      expectClose(degreesOfFreedom, alone[i + 1]!.df);
    });
  });

  it('power by the noncentral F distribution', () => {
    const pilot = planningComponents(mrmcComponents(readerTable(simulated.two), auc, 'jackknife'));
    const power = (readers: number, cases: number, difference: number) =>
      readerPower(pilot, { readers, cases }, { difference, alpha: 0.05, generality: random });
    expectClose(power(10, 200, 0.05), recorded.power.of10by200, 1e-7);
    expectClose(power(6, 100, 0.04), recorded.power.of6by100, 1e-7);
  });

  it('ICC(2,1) of the example of Shrout and Fleiss (1979), published as 0.29', () => {
    const found = intraclassCorrelation([
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ]);
    expectClose(found.value, recorded.icc.value);
    expectClose(found.interval!.lower, recorded.icc.lower);
    expectClose(found.interval!.upper, recorded.icc.upper);
    expect(found.value!.toFixed(2)).toBe('0.29');
  });

  it("R's F and chi-square distributions", () => {
    const [f, one, two] = [
      [0.5, 3, 40],
      [1, 2, 3],
      [4.5, 30, 91.36],
    ];
    recorded.f.tail.forEach((tail, i) => {
      expectClose(fUpperTail(f[i]!, one[i]!, two[i]!), tail);
    });
    recorded.f.chisq.forEach((tail, i) => {
      expectClose(chiSquareUpperTail([0.3, 5.5, 20, 40][i]!, i + 1), tail);
    });
    recorded.f.quantile.forEach((quantile, i) => {
      expectClose(fQuantile([0.025, 0.5, 0.975][i]!, [5, 2, 3.3][i]!, [7.5, 10, 4.4][i]!), quantile);
    });
  });
});
