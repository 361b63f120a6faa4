import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { auroc } from '../roc/auroc.js';
import { summarise } from '../seeds/summary.js';
import { measureErrorRates } from '../simulate/error-rates.js';
import { expectedAurocVariance } from './auroc-variance.js';
import { expectedPrecision, plannedDetectableDifference, requiredRecords, type StudyDesign } from './design.js';
import { power, smallestDetectableDifference } from './power.js';

const design: StudyDesign = { auroc: 0.95, positives: 390, negatives: 234, seeds: 3 };

describe('power', () => {
  it('of a t test is that of the noncentral t distribution', () => {
    // statsmodels TTestPower().power(effect_size=0.5, nobs=20, alpha=0.05) = 0.5645044184390138
    expect(power(0.5, { standardError: 1 / Math.sqrt(20), degreesOfFreedom: 19 })).toBeCloseTo(0.564504418439, 8);
  });

  it('at no difference is alpha, and at the detectable one what was asked for', () => {
    const precision = { standardError: 0.004, degreesOfFreedom: 12.5 };
    expect(power(0, precision, 0.05)).toBeCloseTo(0.05, 8);
    expect(power(smallestDetectableDifference(precision, 0.01, 0.9), precision, 0.01)).toBeCloseTo(0.9, 9);
    expect(() => smallestDetectableDifference(precision, 0.05, 0.04)).toThrow(/wanted power/);
  });

  it('more patients, more seeds and fewer comparisons see smaller differences', () => {
    const now = plannedDetectableDifference(design, 3);
    expect(plannedDetectableDifference({ ...design, positives: 780, negatives: 468 }, 3)).toBeLessThan(now);
    expect(plannedDetectableDifference({ ...design, seeds: 5 }, 3)).toBeLessThan(now);
    expect(plannedDetectableDifference(design, 1)).toBeLessThan(now);
    expect(plannedDetectableDifference({ ...design, recordsPerPatient: 2 }, 3)).toBeGreaterThan(now);
  });

  it('the required records are the fewest that suffice', () => {
    const needed = requiredRecords(0.02, design)!;
    const enough = (records: { positives: number; negatives: number }) =>
      power(0.02, expectedPrecision({ ...design, ...records }));
    expect(enough(needed)).toBeGreaterThanOrEqual(0.8);
    expect(enough({ positives: needed.positives - 2, negatives: needed.negatives - 2 })).toBeLessThan(0.8);
  });

  it('the expected standard error is what simulated studies show', () => {
    const simulated = measureErrorRates(
      {
        positivePatients: 100,
        negativePatients: 80,
        mostRecordsPerPatient: 1,
        seeds: 3,
        auroc: 0.92,
        effect: 0,
        seedDeviation: 0.01,
        shares: { patient: 0, record: 0.7, armPatient: 0, armRecord: 0.3, seedRecord: 0 },
      },
      500,
      new Random('precision'),
    );
    const { standardError } = expectedPrecision({
      auroc: 0.92,
      positives: 100,
      negatives: 80,
      seeds: 3,
      seedDeviation: 0.01,
      correlationBetweenArms: 0.67,
    });
    expect(standardError / simulated.deviation).toBeGreaterThan(0.88);
    expect(standardError / simulated.deviation).toBeLessThan(1.12);
  });

  it('says so where seeds vary too much for any number of records', () => {
    expect(requiredRecords(0.01, { ...design, seeds: 2, seedDeviation: 0.03 })).toBeNull();
  });
});

describe('the expected variance of an AUROC', () => {
  const normal = (random: Random) => random.normal();
  const exponential = (random: Random) => -Math.log(1 - random.float());

  it.each([
    ['binormal', normal, (negative: number) => negative + 1.8, 0.9, 1.1],
    ['hanley-mcneil', exponential, (negative: number) => negative * 6, 0.9, 1.1],
    ['obuchowski', normal, (negative: number) => negative + 1.8, 1.05, 1.4],
  ] as const)('is what scores of its kind show (%s)', (model, draw, positiveFrom, least, most) => {
    const random = new Random('variance');
    const values = Array.from({ length: 800 }, () => {
      const positive = Array.from({ length: 40 }, () => positiveFrom(draw(random)));
      const negative = Array.from({ length: 25 }, () => draw(random));
      return auroc([...positive.map(() => 1), ...negative.map(() => 0)], [...positive, ...negative]);
    });
    const { mean, sd } = summarise(values);
    const ratio = Math.sqrt(expectedAurocVariance(mean, 40, 25, model)) / sd;
    expect(ratio).toBeGreaterThan(least);
    expect(ratio).toBeLessThan(most);
  });
});
