import { describe, expect, it } from 'vitest';
import { studentQuantile, studentTwoSidedP } from '../distributions/student-t.js';
import { compareAuroc } from '../seeds/compare-auroc.js';
import { analysedTable } from './analysed-table.js';
import { analyseArms } from './compare-arms.js';
import { mrmcComponents } from './components.js';
import type { CovarianceMethod } from './covariance.js';
import { dbmTest } from './dbm.js';
import type { Generality } from './error-term.js';
import type { Merit } from './merit.js';
import { mrmcTest } from './obuchowski-rockette.js';
import {
  hasPublishedStudies,
  imrmcExample,
  publishedNeeded,
  publishedStudy,
} from './published-studies.test-support.js';
import { planningComponents, readerPower } from './reader-power.js';
import { type Reading, readerTable } from './readings.js';
import { uStatistics } from './u-statistics.js';

const random: Generality = { readers: 'random', cases: 'random' };
const auc: Merit = { of: 'auc' };

function components(readings: readonly Reading[], method: CovarianceMethod = 'jackknife', merit = auc) {
  return mrmcComponents(readerTable(readings), merit, method);
}

function test(readings: readonly Reading[], method?: CovarianceMethod, merit?: Merit, generality = random) {
  return mrmcTest(components(readings, method, merit), generality)!;
}

/** F, denominator degrees of freedom and p, to half a unit of the last digit that was published. */
function expectTest(found: { f: number; degreesOfFreedom: number; p: number }, f: string, df: string, p: string): void {
  expectPublished(found.f, f);
  expectPublished(found.degreesOfFreedom, df);
  expectPublished(found.p, p);
}

function expectPublished(found: number, published: string): void {
  const digits = published.split('.')[1]?.length ?? 0;
  expect(Math.abs(found - Number(published)), `${found} for ${published}`).toBeLessThanOrEqual(
    0.5000001 * 10 ** -digits,
  );
}

/** Values printed by RJafroc, OR-DBM MRMC 2.5, MRMCaov and iMRMC. */
describe.skipIf(!hasPublishedStudies)(`published reader studies${publishedNeeded}`, () => {
  describe('Van Dyke', () => {
    const readings = hasPublishedStudies ? publishedStudy('VanDyke') : [];

    it('has the published areas, mean squares and covariances', () => {
      const found = components(readings);
      expectPublished(found.perTreatment[0]!.mean, '0.89703704');
      expectPublished(found.perTreatment[1]!.mean, '0.94083736');
      expectPublished(found.msT, '0.00479617');
      expectPublished(found.msTR, '0.00055103');
      expectPublished(found.variance, '0.00080229');
      expectPublished(found.cov1, '0.00034661');
      expectPublished(found.cov2, '0.00034407');
      expectPublished(found.cov3, '0.00023903');
    });

    it('readers and cases random, with the interval of the difference', () => {
      expectTest(test(readings), '4.456318693', '15.25967459', '0.05166568582');
      const { comparisons } = analyseArms(analysedTable(readings, random), '2', {
        merit: auc,
        covariance: 'jackknife',
        generality: random,
      });
      expectPublished(comparisons[0]!.difference, '-0.04380032');
      expectPublished(comparisons[0]!.interval.lower, '-0.0879595');
      expectPublished(comparisons[0]!.interval.upper, '0.0003589');
      expectPublished(comparisons[0]!.p, '0.05166568582');
    });

    it('fixed readers: chi-square; fixed cases', () => {
      const fixedReaders = test(readings, 'jackknife', auc, { readers: 'fixed', cases: 'random' });
      expectPublished(fixedReaders.f * fixedReaders.numeratorDegrees, '5.475953');
      expectPublished(fixedReaders.p, '0.019280');
      expectTest(test(readings, 'jackknife', auc, { readers: 'random', cases: 'fixed' }), '8.704', '4', '0.041959');
    });

    it("DeLong's and unbiased covariances", () => {
      expectTest(test(readings, 'delong'), '4.484854', '15.0661', '0.051233');
      expectTest(test(readings, 'unbiased'), '4.489614', '15.0342', '0.051162');
    });

    it('sensitivity at a rating of 3 or more', () => {
      const merit = { of: 'sensitivity', cut: 3 } as const;
      expectTest(test(readings, 'jackknife', merit), '6.689493', '15.7173', '0.020088');
    });

    it('cases nested in readers, and in arms', () => {
      expectTest(test(publishedStudy('VanDyke', 'case2')), '8.704', '4', '0.041959');
      expectTest(test(publishedStudy('VanDyke', 'case3')), '2.104491', '68.4232', '0.151436');
    });

    it('power of six readers (RJafroc: SsPowerGivenJK, 111 and 251 cases, observed effect)', () => {
      const of = components(readings);
      const plan = (cases: number) =>
        readerPower(
          planningComponents(of),
          { readers: 6, cases },
          {
            difference: of.perTreatment[0]!.mean - of.perTreatment[1]!.mean,
            alpha: 0.05,
            generality: random,
          },
        );
      expectPublished(plan(111), '0.5526116');
      expectPublished(plan(251), '0.80054');
    });

    it('is no study of networks: seeds nested in arms, as compareAuroc has them, give another answer', () => {
      const byArm = (treatment: string): number[][] =>
        ['1', '2', '3', '4', '5'].map((reader) =>
          readings
            .filter((reading) => reading.treatment === treatment && reading.reader === reader)
            .map(({ rating }) => rating),
        );
      const labels = readings
        .filter(({ treatment, reader }) => treatment === '1' && reader === '1')
        .map(({ truth }) => truth);
      expectPublished(compareAuroc({ labels, arm: byArm('1'), control: byArm('2') }).p, '0.208');
      expectPublished(test(readings).p, '0.0517');
    });
  });

  describe('Franken', () => {
    const readings = hasPublishedStudies ? publishedStudy('Franken') : [];

    it('has Cov2 below Cov3, which counts as no excess', () => {
      const found = components(readings);
      expectPublished(found.perTreatment[0]!.mean, '0.84774989');
      expectPublished(found.perTreatment[1]!.mean, '0.83689507');
      expectPublished(found.variance, '0.00152578');
      expectPublished(found.cov1, '0.00079168');
      expectPublished(found.cov2, '0.00048364');
      expectPublished(found.cov3, '0.00051251');
      expectTest(test(readings), '4.694058', '3', '0.118838');
    });

    it('the interval, and fixed readers', () => {
      const { comparisons } = analyseArms(analysedTable(readings, random), '2', {
        merit: auc,
        covariance: 'jackknife',
        generality: random,
      });
      expectPublished(comparisons[0]!.interval.lower, '-0.00508963');
      expectPublished(comparisons[0]!.interval.upper, '0.02679926');
      expectPublished(test(readings, 'jackknife', auc, { readers: 'fixed', cases: 'random' }).f, '0.321013');
    });
  });

  it('Kundel: one arm has other patients than the other two', () => {
    const readings = publishedStudy('Kundel');
    const found = components(readings);
    for (const [i, published] of ['0.828976', '0.803879', '0.841366'].entries()) {
      expectPublished(found.perTreatment[i]!.mean, published);
    }
    expectTest(test(readings), '0.481595', '91.360', '0.619357');
    expectTest(test(readings, 'unbiased'), '0.491790', '87.612', '0.613209');
    expect(analysedTable(readings, random).design).toMatchObject({ kind: 'cases nested in arms', missing: 0 });
  });

  it("iMRMC's example: U-statistics with their degrees of freedom, plug-in variance, and the jackknife", () => {
    const readings = imrmcExample();
    const found = uStatistics(readerTable(readings));
    expectPublished(found.variance, '0.001610322');
    expectPublished(found.degreesOfFreedom, '30.368');
    expectPublished(found.pluginVariance, '0.002024996');
    // iMRMC cuts the degrees of freedom to a whole number before it looks up Student's t.
    const degrees = Math.floor(found.degreesOfFreedom);
    const error = Math.sqrt(found.variance);
    const half = studentQuantile(0.975, degrees) * error;
    expectPublished(studentTwoSidedP(found.difference / error, degrees), '0.079863');
    expectPublished(found.difference - half, '-0.154704');
    expectPublished(found.difference + half, '0.009204');
    expectPublished(found.difference, '-0.07275');
    expectTest(test(readings), '3.24616', '46.025', '0.07814');
  });

  it.each([
    ['VanDyke', () => publishedStudy('VanDyke')],
    ['Franken', () => publishedStudy('Franken')],
    ['iMRMC', imrmcExample],
  ] as const)('Dorfman, Berbaum and Metz agree with Obuchowski and Rockette: %s', (_, readings) => {
    const table = readerTable(readings());
    const [dbm, or] = [dbmTest(table, auc)!, test(readings())];
    expect(dbm.f).toBeCloseTo(or.f, 9);
    expect(dbm.degreesOfFreedom).toBeCloseTo(or.degreesOfFreedom, 7);
    expect(dbm.p).toBeCloseTo(or.p, 10);
  });
});
