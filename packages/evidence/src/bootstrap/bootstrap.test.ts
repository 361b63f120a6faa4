import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { toClusters } from '../input/clusters.js';
import { checkTwoClasses } from '../input/scored.js';
import { auroc } from '../roc/auroc.js';
import { aurocWithInterval } from '../roc/delong.js';
import { compareAuroc } from '../seeds/compare-auroc.js';
import { simulateStudy, TYPICAL_SHARES } from '../simulate/readers.js';
import { bootstrapAuroc, bootstrapAurocDifference } from './auroc.js';
import { quantile } from './intervals.js';
import { PatientResampler } from './resample.js';
import { bootstrapStatistic } from './statistic.js';
import { WeightedAuroc } from './weighted-auroc.js';

const study = simulateStudy(
  {
    positivePatients: 60,
    negativePatients: 50,
    mostRecordsPerPatient: 3,
    seeds: 5,
    auroc: 0.88,
    effect: 0.03,
    seedDeviation: 0.005,
    shares: TYPICAL_SHARES,
  },
  new Random('bootstrap'),
);
const { labels, patients, arm } = study;

describe('resampling of patients', () => {
  it('keeps the number of patients of each kind', () => {
    const clusters = toClusters(patients, labels.length);
    const resampler = new PatientResampler(Uint8Array.from(labels as ArrayLike<number>), clusters);
    const weights = resampler.draw(new Random(1));
    const drawn = Array.from(weights);
    expect(drawn.slice(0, 60).reduce((a, b) => a + b)).toBe(60);
    expect(drawn.slice(60).reduce((a, b) => a + b)).toBe(50);
  });

  it('the weighted AUROC is that of the records written out', () => {
    const checked = checkTwoClasses(labels, arm[0]!);
    const clusters = toClusters(patients, labels.length);
    const weights = new PatientResampler(checked.labels, clusters).draw(new Random(2));
    const rounded = checked.scores.map((s) => Math.round(s));
    const repeated = Array.from(rounded.keys()).flatMap(
      (i) => Array(weights[clusters.ofRecord[i]!]!).fill(i) as number[],
    );
    const written = auroc(
      repeated.map((i) => checked.labels[i]!),
      repeated.map((i) => rounded[i]!),
    );
    expect(new WeightedAuroc({ ...checked, scores: rounded }, clusters).value(weights)).toBeCloseTo(written, 12);
  });
});

describe('bootstrap of the AUROC', () => {
  it('the same seed gives the same numbers', () => {
    const run = () => bootstrapAurocDifference(study, { random: new Random('same'), resamples: 200 });
    expect(run()).toEqual(run());
  });

  it('with one seed its standard error is that of the clustered DeLong variance', () => {
    const result = bootstrapAuroc(
      { labels, patients, scores: [arm[0]!] },
      { random: new Random('one'), resamples: 4000 },
    );
    const { standardError, interval } = aurocWithInterval(labels, arm[0]!, { patients });
    expect(result.standardError / standardError).toBeGreaterThan(0.94);
    expect(result.standardError / standardError).toBeLessThan(1.06);
    expect(Math.abs(result.bca!.lower - interval.lower)).toBeLessThan(0.01);
    expect(Math.abs(result.bca!.upper - interval.upper)).toBeLessThan(0.01);
  });

  it('of a difference with five seeds comes near the analytical standard error', () => {
    const result = bootstrapAurocDifference(study, { random: new Random('two'), resamples: 2000 });
    const analytical = compareAuroc(study);
    expect(result.estimate).toBeCloseTo(analytical.difference, 12);
    expect(result.standardError / analytical.standardError).toBeGreaterThan(0.8);
    expect(result.standardError / analytical.standardError).toBeLessThan(1.25);
  });

  it('2000 resamples of 600 records, 5 seeds and 2 arms take less than 3 seconds', () => {
    const large = simulateStudy(
      {
        positivePatients: 150,
        negativePatients: 150,
        mostRecordsPerPatient: 3,
        seeds: 5,
        auroc: 0.95,
        effect: 0,
        seedDeviation: 0.004,
        shares: TYPICAL_SHARES,
      },
      new Random('speed'),
    );
    const start = performance.now();
    bootstrapAurocDifference(large, { random: new Random('speed') });
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe('bootstrap of any statistic', () => {
  it('of a mean has the standard error of the mean, and BCa follows its skewness', () => {
    const random = new Random('mean');
    const values = Array.from({ length: 80 }, () => Math.exp(random.normal()));
    const mean = (records: Int32Array) => records.reduce((sum, i) => sum + values[i]!, 0) / records.length;
    const result = bootstrapStatistic(Array(80).fill(1), mean, { random, resamples: 4000 });
    const average = values.reduce((a, b) => a + b) / 80;
    const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - average) ** 2, 0) / 79);
    expect(result.standardError / (sd / Math.sqrt(80))).toBeGreaterThan(0.93);
    expect(result.standardError / (sd / Math.sqrt(80))).toBeLessThan(1.05);
    expect(result.bca!.upper).toBeGreaterThan(result.percentile!.upper);
    expect(result.bca!.lower).toBeGreaterThan(result.percentile!.lower);
  });

  it('names a statistic that is no number, and too few resamples', () => {
    const random = new Random(3);
    expect(() => bootstrapStatistic([0, 1], () => Number.NaN, { random })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_EVIDENCE_STATISTIC' }),
    );
    expect(() => bootstrapStatistic([0, 1], () => 1, { random, resamples: 20 })).toThrow(/resamples/);
  });

  it('quantiles interpolate as numpy does', () => {
    // numpy.quantile([1, 2, 4, 8], [0.1, 0.5, 0.9]) = 1.3, 3, 6.8
    expect([0.1, 0.5, 0.9].map((share) => quantile([1, 2, 4, 8], share))).toEqual([1.3, 3, 6.8000000000000007]);
  });
});
