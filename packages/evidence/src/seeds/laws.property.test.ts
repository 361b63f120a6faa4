import { Random } from '@chromaray/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrapAuroc } from '../bootstrap/auroc.js';
import { brierScore, logLoss } from '../calibration/scores.js';
import { requireDistinctRecords } from '../input/records.js';
import type { Interval } from '../interval.js';
import { auroc } from '../roc/auroc.js';
import { rocCurve } from '../roc/curve.js';
import { aurocWithInterval, pairedDeLong } from '../roc/delong.js';
import { auprc } from '../roc/precision-recall.js';
import { confusionMatrix } from '../threshold/confusion.js';
import { thresholdRates } from '../threshold/rates.js';
import { aurocOverSeeds } from './auroc.js';
import { compareAuroc } from './compare-auroc.js';
import { proportionOverSeeds } from './proportion.js';

/** A study as its statistics see it: patients with one to three records, two arms, one to four seeds, many ties. */
const studies = fc
  .record({
    seed: fc.nat(),
    patients: fc.integer({ min: 8, max: 40 }),
    seeds: fc.integer({ min: 1, max: 4 }),
    levels: fc.integer({ min: 2, max: 50 }),
  })
  .map(({ seed, patients, seeds, levels }) => {
    const random = new Random(seed);
    const records = Array.from({ length: patients }, (_, patient) =>
      Array.from({ length: 1 + random.int(3) }, () => ({ patient: `p${patient}`, label: patient % 2 })),
    ).flat();
    const scoring = () => records.map(({ label }) => Math.round((random.normal() + label) * levels) / levels);
    return {
      labels: records.map(({ label }) => label),
      patients: records.map(({ patient }) => patient),
      arm: Array.from({ length: seeds }, scoring),
      control: Array.from({ length: seeds }, scoring),
    };
  });

function within({ lower, upper }: Interval, low: number, high: number): void {
  expect(lower).toBeGreaterThanOrEqual(low);
  expect(upper).toBeLessThanOrEqual(high);
  expect(lower).toBeLessThanOrEqual(upper);
}

const rising = (scores: readonly number[]): number[] => scores.map((score) => Math.atan(score) * 1e6 + 7);
const swapped = (labels: readonly number[]): number[] => labels.map((label) => 1 - label);

describe('laws that hold for every study', () => {
  it('intervals of shares lie in [0, 1], those of differences in [-1, 1]', () => {
    fc.assert(
      fc.property(studies, fc.constantFrom(0.8, 0.95, 0.999), ({ labels, patients, arm, control }, level) => {
        within(aurocOverSeeds({ labels, patients, scores: arm }, level).interval, 0, 1);
        within(compareAuroc({ labels, patients, arm, control }, level).interval, -1, 1);
        const outcomes = arm.map((scores) => scores.map((score, i) => Number(score > 0.5 === (labels[i] === 1))));
        within(proportionOverSeeds({ outcomes, patients }, level).interval, 0, 1);
        within(pairedDeLong(labels, arm[0]!, control[0]!, { patients, level }).interval, -1, 1);
        const rates = thresholdRates(confusionMatrix(labels, arm[0]!, 0.5), level);
        for (const { value, interval } of [
          rates.sensitivity,
          rates.specificity,
          rates.accuracy,
          rates.balancedAccuracy,
        ]) {
          if (value !== null && interval !== null) within(interval, 0, 1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('a rising map of the scores changes no comparison and no area', () => {
    fc.assert(
      fc.property(studies, ({ labels, patients, arm, control }) => {
        const before = compareAuroc({ labels, patients, arm, control });
        const after = compareAuroc({ labels, patients, arm: arm.map(rising), control: control.map(rising) });
        expect(after).toEqual(before);
        expect(auprc(labels, rising(arm[0]!))).toBe(auprc(labels, arm[0]!));
        expect(pairedDeLong(labels, rising(arm[0]!), control[0]!)).toEqual(pairedDeLong(labels, arm[0]!, control[0]!));
      }),
      { numRuns: 40 },
    );
  });

  it('swapped labels turn every AUROC and difference round, and leave p as it is', () => {
    fc.assert(
      fc.property(studies, ({ labels, patients, arm, control }) => {
        const there = compareAuroc({ labels, patients, arm, control });
        const back = compareAuroc({ labels: swapped(labels), patients, arm, control });
        expect(back.difference).toBeCloseTo(-there.difference, 12);
        expect(back.p).toBeCloseTo(there.p, 9);
        const plain = aurocWithInterval(labels, arm[0]!, { patients });
        const turned = aurocWithInterval(swapped(labels), arm[0]!, { patients });
        expect(turned.auroc).toBeCloseTo(1 - plain.auroc, 12);
        expect(turned.interval.lower).toBeCloseTo(1 - plain.interval.upper, 9);
        expect(turned.variance).toBeCloseTo(plain.variance, 12);
      }),
      { numRuns: 40 },
    );
  });

  it('swapped labels leave p as it is where an arm lies exactly two standard errors from 0 or 1', () => {
    const labels = [0, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0];
    const patients = 'p0 p0 p1 p2 p3 p3 p3 p4 p4 p4 p5 p5 p6 p7 p7 p8 p8'.split(' ');
    const arm = [
      [1, -1, 22, 1, 18, 10, 2, 5, -2, -9, 9, 4, 4, 9, 8, 13, 0],
      [5, -5, -3, 7, 4, -5, 7, 1, 13, 8, 8, 2, -4, 10, 14, -1, -2],
    ];
    const control = [
      [-7, -10, 9, -13, 1, 12, 13, -3, -11, 1, -5, 4, -7, 9, 20, 9, 2],
      [3, -5, 10, 1, 0, 12, 7, -4, 1, 5, 2, 11, 5, 4, 11, 3, 1],
    ];
    const there = compareAuroc({ labels, patients, arm, control });
    const back = compareAuroc({ labels: swapped(labels), patients, arm, control });
    expect(back.p).toBeCloseTo(there.p, 9);
  });

  it('the order of records changes nothing', () => {
    fc.assert(
      fc.property(studies, fc.nat(), ({ labels, patients, arm, control }, seed) => {
        const order = new Random(seed).permutation(labels.length);
        const moved = <T>(values: readonly T[]): T[] => Array.from(order, (from) => values[from]!);
        const there = compareAuroc({ labels, patients, arm, control });
        const again = compareAuroc({
          labels: moved(labels),
          patients: moved(patients),
          arm: arm.map(moved),
          control: control.map(moved),
        });
        expect(again.difference).toBeCloseTo(there.difference, 12);
        expect(again.p).toBeCloseTo(there.p, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('bootstrap intervals lie in [0, 1] too', () => {
    fc.assert(
      fc.property(studies, ({ labels, patients, arm }) => {
        const { percentile, bca } = bootstrapAuroc(
          { labels, patients, scores: arm },
          { resamples: 100, random: new Random(1) },
        );
        if (percentile !== null) within(percentile, 0, 1);
        if (bca !== null) within(bca, 0, 1);
      }),
      { numRuns: 15 },
    );
  });
});

describe('any number of records', () => {
  it.each([2, 3, 5, 17, 100, 1_000, 10_000, 100_000, 1_000_000])('%i', (n) => {
    const random = new Random(n);
    const labels = Uint8Array.from({ length: n }, (_, i) => i & 1);
    // A hundred different values: at a million records ten thousand share each.
    const scores = Float64Array.from(labels, (label) => Math.min(1, (random.int(80) + 20 * label) / 100));
    const value = auroc(labels, scores);
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThanOrEqual(1);
    for (const found of [auprc(labels, scores), brierScore(labels, scores), logLoss(labels, scores)]) {
      expect(Number.isFinite(found)).toBe(true);
      expect(found).toBeGreaterThanOrEqual(0);
    }
    const curve = rocCurve(labels, scores);
    expect([curve.sensitivity.at(-1), curve.falsePositiveRate.at(-1)]).toEqual([1, 1]);
    if (n < 4) return;
    const { interval, variance } = aurocWithInterval(labels, scores);
    within(interval, 0, 1);
    expect(variance).toBeGreaterThanOrEqual(0);
    expect(variance).toBeLessThanOrEqual(0.25);
    if (n >= 1_000) expect(Math.abs(value - expected())).toBeLessThan(6 * Math.sqrt(variance));
  });

  /** P(X + 20 > Y) + P(X + 20 = Y) / 2 for X and Y uniform on 0 to 79. */
  function expected(): number {
    let sum = 0;
    for (let x = 20; x < 100; x++) for (let y = 0; y < 80; y++) sum += x > y ? 1 : x === y ? 0.5 : 0;
    return sum / 6400;
  }
});

describe('input that no statistic is taken of', () => {
  const labels = [1, 0, 1, 0];
  const good = [0.9, 0.2, 0.6, 0.4];
  const bad = { 'a NaN': [0.9, Number.NaN, 0.6, 0.4], 'an infinity': [0.9, Number.POSITIVE_INFINITY, 0.6, 0.4] };
  const outside = { 'a logit': [3.1, -2, 0.6, 0.4], 'a percentage': [90, 20, 60, 40] };
  const code = (name: string) => expect.objectContaining({ code: `CHROMARAY_EVIDENCE_${name}` });

  it.each(Object.entries(bad))('%s among the scores', (_, scores) => {
    for (const attempt of [
      () => auroc(labels, scores),
      () => auprc(labels, scores),
      () => aurocWithInterval(labels, scores),
      () => pairedDeLong(labels, good, scores),
      () => compareAuroc({ labels, arm: [good, scores], control: [good, good] }),
      () => aurocOverSeeds({ labels, scores: [scores] }),
      () => brierScore(labels, scores),
      () => confusionMatrix(labels, scores, 0.5),
    ]) {
      expect(attempt).toThrow(code('SCORE'));
    }
  });

  it.each(Object.entries(outside))('%s where a probability is expected', (_, scores) => {
    expect(() => brierScore(labels, scores)).toThrow(code('PROBABILITY'));
    expect(() => logLoss(labels, scores)).toThrow(code('PROBABILITY'));
  });

  it('one class, an arm without seeds, seeds that differ in number', () => {
    expect(() => auroc([1, 1, 1, 1], good)).toThrow(code('ONE_CLASS'));
    expect(() => compareAuroc({ labels: [0, 0, 0, 0], arm: [good], control: [good] })).toThrow(code('ONE_CLASS'));
    expect(() => aurocOverSeeds({ labels, scores: [] })).toThrow(code('EMPTY'));
    expect(() => compareAuroc({ labels, arm: [good], control: [good, good] })).toThrow(code('SEEDS'));
  });

  it('a record given twice', () => {
    expect(() => requireDistinctRecords(['a', 'b', 'a'])).toThrow(code('DUPLICATE'));
    expect(() => requireDistinctRecords(['a', 'b'])).not.toThrow();
  });
});
