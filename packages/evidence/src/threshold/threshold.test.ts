import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costThreshold, sensitivityThreshold, youdenThreshold } from './choose.js';
import { confusionMatrix } from './confusion.js';
import { thresholdRates } from './rates.js';
import { wilsonInterval } from './wilson.js';

const labels = [1, 1, 1, 1, 0, 0, 0, 0];
const scores = [0.9, 0.8, 0.6, 0.3, 0.7, 0.4, 0.2, 0.1];

describe('confusion matrix', () => {
  it('calls a score at the threshold positive', () => {
    expect(confusionMatrix([1, 0], [0.5, 0.4999], 0.5)).toEqual({
      truePositives: 1,
      falsePositives: 0,
      trueNegatives: 1,
      falseNegatives: 0,
    });
  });

  it('gives null, not NaN, where nothing can be counted', () => {
    const rates = thresholdRates(confusionMatrix([0, 0], [0.1, 0.2], 0.5));
    expect(rates.sensitivity).toEqual({ value: null, count: 0, n: 0, interval: null });
    expect(rates.positivePredictiveValue.value).toBeNull();
    expect(rates.f1).toEqual({ value: null, interval: null });
    expect(rates.balancedAccuracy.value).toBeNull();
    expect(rates.matthews).toBe(0);
    expect(rates.specificity.value).toBe(1);
  });

  it('stays exact for a million records', () => {
    const matrix = { truePositives: 450_000, falsePositives: 50_000, trueNegatives: 450_000, falseNegatives: 50_000 };
    expect(thresholdRates(matrix).matthews).toBeCloseTo(0.8, 12);
    expect(thresholdRates(matrix).f1.value).toBeCloseTo(0.9, 12);
  });
});

describe('choice of a threshold', () => {
  it('by Youden, of equals the more sensitive one, half way to the next score', () => {
    const chosen = youdenThreshold(labels, scores);
    // 0.6 would give 0.75 and 0.75, the same sum.
    expect(chosen).toMatchObject({ sensitivity: 1, specificity: 0.5 });
    expect(chosen.threshold).toBeCloseTo(0.25, 12);
  });

  it('by target sensitivity, at the highest specificity that allows it', () => {
    expect(sensitivityThreshold(labels, scores, 1)).toMatchObject({ sensitivity: 1, specificity: 0.5 });
    expect(sensitivityThreshold(labels, scores, 0.5)).toMatchObject({ sensitivity: 0.5, specificity: 1 });
    expect(() => sensitivityThreshold(labels, scores, 1.2)).toThrow(/target sensitivity/);
  });

  it('by cost, up to calling everybody or nobody positive', () => {
    const dearMiss = costThreshold(labels, scores, { falseNegative: 100, falsePositive: 1 });
    expect(dearMiss).toMatchObject({ sensitivity: 1, specificity: 0.5 });
    const rare = costThreshold(labels, [...scores].reverse(), { falseNegative: 1, falsePositive: 1, prevalence: 1e-6 });
    expect(rare).toMatchObject({ sensitivity: 0, specificity: 1 });
    expect(confusionMatrix(labels, scores, rare.threshold).truePositives).toBe(0);
  });

  it('gives on its own data exactly the rates it reports', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 30 }), (values) => {
        const given = values.map((_, i) => i % 2);
        const chosen = youdenThreshold(given, values);
        const rates = thresholdRates(confusionMatrix(given, values, chosen.threshold));
        expect(rates.sensitivity.value).toBeCloseTo(chosen.sensitivity, 12);
        expect(rates.specificity.value).toBeCloseTo(chosen.specificity, 12);
      }),
    );
  });
});

describe("Wilson's interval", () => {
  it('lies in [0, 1], holds the share, and mirrors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const count = Math.round(share * n);
        const { lower, upper } = wilsonInterval(count, n);
        const mirrored = wilsonInterval(n - count, n);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(count / n);
        expect(upper).toBeGreaterThanOrEqual(count / n);
        expect(mirrored.lower).toBeCloseTo(1 - upper, 10);
      }),
    );
  });
});
