import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { smallestDetectableDifference } from '../power/power.js';
import { pairedDeLong } from '../roc/delong.js';
import { simulateStudy, TYPICAL_SHARES } from '../simulate/readers.js';
import { confusionMatrix } from '../threshold/confusion.js';
import { thresholdRates } from '../threshold/rates.js';
import { aurocOverSeeds } from './auroc.js';
import { compareAuroc, compareAurocWithFixed } from './compare-auroc.js';
import { comparisonInterval, comparisonPrecision } from './difference.js';
import { compareProportion, proportionOverSeeds } from './proportion.js';
import { f1OverSeeds } from './ratio.js';
import { summarise } from './summary.js';
import { seedsAndPatients } from './variance.js';

const design = {
  positivePatients: 40,
  negativePatients: 40,
  mostRecordsPerPatient: 3,
  auroc: 0.85,
  effect: 0.05,
  seedDeviation: 0.01,
  shares: TYPICAL_SHARES,
};
const study = (seeds: number) => simulateStudy({ ...design, seeds }, new Random('seeds'));

describe('variance over seeds and patients', () => {
  it('adds the covariance between seeds and the variance over seeds divided by their number', () => {
    const covariance = [
      [5, 3],
      [3, 5],
    ];
    const result = seedsAndPatients([1, 5], covariance, 50);
    expect(result).toMatchObject({ mean: 3, patientVariance: 3, seedVariance: 4, variance: 7 });
    // Satterthwaite: 7² / (3²/50 + 4²/1)
    expect(result.degreesOfFreedom).toBeCloseTo(49 / (9 / 50 + 16), 12);
  });

  it('seeds alike by luck do not make the variance smaller than the patients alone do', () => {
    const result = seedsAndPatients(
      [2, 2],
      [
        [5, 3],
        [3, 5],
      ],
      50,
    );
    expect(result.variance).toBe(4);
    expect(result.degreesOfFreedom).toBeGreaterThan(50);
  });
});

describe('comparison of two arms over seeds', () => {
  it('with one seed has the variance of the paired clustered DeLong test', () => {
    const { labels, patients, arm, control } = study(1);
    const comparison = compareAuroc({ labels, patients, arm, control });
    const paired = pairedDeLong(labels, arm[0]!, control[0]!, { patients });
    expect(comparison.difference).toBeCloseTo(paired.difference, 12);
    expect(comparison.variance).toBeCloseTo(paired.variance, 12);
  });

  it('averages the differences seed by seed', () => {
    const comparison = compareAuroc(study(4));
    expect(summarise(comparison.perSeed).mean).toBeCloseTo(comparison.difference, 12);
    expect(comparison.arm - comparison.control).toBeCloseTo(comparison.difference, 12);
  });

  it('its interval leaves out 0 exactly at levels below 1 - p', () => {
    const comparison = compareAuroc(study(3));
    const inside = comparisonInterval(comparison, 1 - comparison.p * 0.999);
    const outside = comparisonInterval(comparison, 1 - comparison.p * 1.001);
    expect(inside.lower * inside.upper).toBeLessThan(0);
    expect(outside.lower * outside.upper).toBeGreaterThan(0);
  });

  it('an arm that ranks as its control is exactly without difference', () => {
    const { labels, patients, control } = study(3);
    const monotone = control.map((scores) => Float64Array.from(scores, (s) => 2 * s + 1));
    expect(compareAuroc({ labels, patients, arm: monotone, control })).toMatchObject({ difference: 0, p: 1 });
  });

  it('two perfect arms on few patients do not pretend to be equal', () => {
    const labels = [1, 1, 1, 1, 0, 0, 0, 0];
    const comparison = compareAuroc({ labels, arm: [labels, labels], control: [labels, labels] });
    expect(comparison).toMatchObject({ difference: 0, p: 1 });
    expect(comparison.interval.lower).toBeLessThan(-0.2);
    expect(comparison.interval.upper).toBeGreaterThan(0.2);
  });

  it('a perfect arm against a perfectly wrong control is significant', () => {
    const labels = Array.from({ length: 40 }, (_, i) => i % 2);
    const wrong = labels.map((label) => 1 - label);
    const comparison = compareAuroc({ labels, arm: [labels], control: [wrong] });
    expect(comparison.difference).toBe(1);
    expect(comparison.p).toBeLessThan(0.001);
    expect(comparison.interval.upper).toBe(1);
  });

  it('scores without variance leave everything open at any AUROC', () => {
    const four = [1, 1, 0, 0];
    const constant = [1, 1, 1, 1];
    const dead = compareAuroc({ labels: four, arm: [constant, constant], control: [constant, constant] });
    expect(dead).toMatchObject({ difference: 0, p: 1 });
    expect(dead.interval.lower).toBeLessThan(-0.5);
    expect(dead.interval.upper).toBeGreaterThan(0.5);
    const perfect = compareAuroc({ labels: four, arm: [constant], control: [four] });
    expect(perfect.p).toBeGreaterThan(0.05);
    expect(perfect.interval.lower).toBeLessThan(-0.8);
    expect(perfect.interval.upper).toBeGreaterThan(0);
    expect(smallestDetectableDifference(comparisonPrecision(dead))).toBeGreaterThan(0.5);
    expect(pairedDeLong(four, constant, four).p).toBeGreaterThan(0.05);
    expect(pairedDeLong(four, constant, constant)).toMatchObject({ difference: 0, p: 1, z: 0 });
  });

  it('an arm that ranks exactly as its control at a single seed is not shown to be equal', () => {
    const { labels, patients, control } = study(1);
    const same = compareAuroc({ labels, patients, arm: control, control });
    expect(same).toMatchObject({ difference: 0, p: 1 });
    expect(same.interval.upper - same.interval.lower).toBeGreaterThan(0.02);
  });

  it('near 1 its interval leaves out 0 exactly at levels below 1 - p', () => {
    const { labels, patients, control } = simulateStudy({ ...design, auroc: 0.9, effect: 0, seeds: 2 }, new Random(3));
    const perfect = control.map(() => Float64Array.from(labels as number[]));
    const comparison = compareAuroc({ labels, patients, arm: perfect, control });
    expect(comparison.nearLimit).toBeDefined();
    expect(comparisonInterval(comparison, 1 - comparison.p * 0.999).lower).toBeLessThan(0);
    expect(comparisonInterval(comparison, 1 - comparison.p * 1.001).lower).toBeGreaterThan(0);
  });

  it('a difference of rounding alone, near 1, is none', () => {
    const { labels, patients, control } = simulateStudy({ ...design, auroc: 0.99, effect: 0, seeds: 3 }, new Random(1));
    // The same three networks in another order: their mean differs in its last digits at most.
    for (const arm of [
      [2, 0, 1],
      [1, 2, 0],
      [2, 1, 0],
    ].map((order) => order.map((seed) => control[seed]!))) {
      expect(compareAuroc({ labels, patients, arm, control }).p).toBeGreaterThan(0.999);
    }
  });

  it('refuses arms with different numbers of seeds', () => {
    const { labels, arm, control } = study(2);
    expect(() => compareAuroc({ labels, arm, control: control.slice(1) })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_EVIDENCE_SEEDS' }),
    );
  });
});

describe('comparison of an arm with a scoring that has no seeds', () => {
  const shortcut = (random: Random, labels: ArrayLike<number | boolean>) =>
    Float64Array.from(labels, (label) => Number(label) + random.normal());

  it('counts the degrees of freedom of the arm alone', () => {
    const { labels, patients, arm } = study(3);
    const fixed = shortcut(new Random(1), labels);
    const alone = compareAurocWithFixed({ labels, patients, scores: arm }, fixed);
    const repeated = compareAuroc({ labels, patients, arm, control: arm.map(() => fixed) });
    expect(alone.variance).toBe(repeated.variance);
    expect(alone.degreesOfFreedom).toBeLessThanOrEqual(repeated.degreesOfFreedom);
    expect(alone.difference).toBe(repeated.difference);
  });

  it('holds the true difference in 95 % of studies', () => {
    const random = new Random('fixed');
    let covered = 0;
    const studies = 300;
    for (let i = 0; i < studies; i++) {
      const wide = { ...design, auroc: 0.8, effect: 0, seeds: 3, seedDeviation: 0.03 };
      const { labels, patients, arm } = simulateStudy(wide, random.fork(i));
      // A second, independent scoring of the same strength: Φ(1.19 / √2) = 0.8.
      const own = random.fork(`fixed ${i}`);
      const fixed = Float64Array.from(labels, (label) => 1.19 * Number(label) + own.normal());
      const { interval } = compareAurocWithFixed({ labels, patients, scores: arm }, fixed);
      if (interval.lower <= 0 && 0 <= interval.upper) covered++;
    }
    expect(covered / studies).toBeGreaterThan(0.91);
    expect(covered / studies).toBeLessThan(0.99);
  });
});

describe('one arm over seeds', () => {
  it('the interval of the mean AUROC is wider than that over seeds on the same patients', () => {
    const { labels, patients, arm } = study(5);
    const result = aurocOverSeeds({ labels, patients, scores: arm });
    const seedsOnly = summarise(result.perSeed).interval!;
    expect(result.interval.upper - result.interval.lower).toBeGreaterThan(seedsOnly.upper - seedsOnly.lower);
  });

  it('accuracy counts patients, not records: copies of a record add nothing', () => {
    const right = Array.from({ length: 60 }, (_, i) => (i % 4 === 0 ? 0 : 1));
    const once = proportionOverSeeds({ outcomes: [right] });
    const copies = right.flatMap((r) => [r, r, r]);
    const patients = right.flatMap((_, i) => [i, i, i]);
    const thrice = proportionOverSeeds({ outcomes: [copies], patients });
    expect(thrice.variance).toBeCloseTo(once.variance, 12);
    // p(1-p)/(n-1)
    expect(once.variance).toBeCloseTo((0.75 * 0.25) / 59, 12);
  });

  it('accuracy without an error has an interval that leaves room', () => {
    const { interval } = proportionOverSeeds({ outcomes: [Array(50).fill(1)] });
    expect(interval.upper).toBe(1);
    expect(interval.lower).toBeLessThan(0.94);
  });

  it('the difference in accuracy is paired by record', () => {
    const control = Array.from({ length: 100 }, (_, i) => (i < 80 ? 1 : 0));
    const arm = control.map((right, i) => (i >= 80 && i < 90 ? 1 : right));
    const paired = compareProportion({ arm: [arm], control: [control] });
    expect(paired.difference).toBeCloseTo(0.1, 12);
    expect(paired.variance).toBeCloseTo((0.1 * 0.9) / 99, 12);
    expect(paired.p).toBeLessThan(0.01);
  });
});

describe('F1 over seeds', () => {
  const truth = Array.from({ length: 200 }, (_, i) => Number(i < 90));
  const called = (wrongEvery: number) => truth.map((label, i) => (i % wrongEvery === 0 ? 1 - label : label));

  it('has an interval around its own mean that widens with the spread of seeds', () => {
    const alike = f1OverSeeds(truth, [called(10), called(10), called(10)]);
    const spread = f1OverSeeds(truth, [called(5), called(10), called(40)]);
    for (const { mean, interval } of [alike, spread]) {
      expect(interval.lower).toBeLessThan(mean);
      expect(interval.upper).toBeGreaterThan(mean);
    }
    const width = ({ interval }: typeof alike) => interval.upper - interval.lower;
    expect(width(spread)).toBeGreaterThan(1.5 * width(alike));
  });

  it('without a mistake leaves room', () => {
    const { interval } = f1OverSeeds(truth, [truth, truth]);
    expect(interval.upper).toBe(1);
    expect(interval.lower).toBeLessThan(0.98);
    expect(interval.lower).toBeGreaterThan(0.9);
  });

  it('has the standard error that a bootstrap over patients finds', () => {
    const calls = called(7);
    const patients = truth.map((_, i) => Math.floor(i / 2));
    const { standardError } = f1OverSeeds(truth, [calls], { patients });
    // Patients as they come, sick or well: `bootstrapStatistic` would keep their numbers.
    const random = new Random('f1');
    const resampled = Array.from({ length: 1000 }, () => {
      const drawn = Array.from({ length: 100 }, () => random.int(100)).flatMap((patient) => [
        2 * patient,
        2 * patient + 1,
      ]);
      return thresholdRates(confusionMatrix(pick(truth, drawn), pick(calls, drawn), 0.5)).f1.value!;
    });
    const ratio = standardError / summarise(resampled).sd;
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });

  const pick = (values: readonly number[], records: readonly number[]) => records.map((record) => values[record]!);
});

describe('summary', () => {
  it('of a single value has no interval', () => {
    expect(summarise([0.9])).toMatchObject({ n: 1, mean: 0.9, sd: 0, interval: null });
    // Three seeds that agree to the last digit say nothing about a fourth.
    expect(summarise([0.9, 0.9, 0.9])).toMatchObject({ n: 3, sd: 0, interval: null });
    expect(() => summarise([])).toThrow(expect.objectContaining({ code: 'CHROMARAY_EVIDENCE_EMPTY' }));
    expect(() => summarise([1, Number.NaN])).toThrow(expect.objectContaining({ code: 'CHROMARAY_EVIDENCE_SCORE' }));
  });
});
