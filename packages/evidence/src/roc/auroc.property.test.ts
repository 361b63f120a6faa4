import { Random } from '@chromaray/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toClusters } from '../input/clusters.js';
import { auroc } from './auroc.js';
import { aurocCovariance } from './covariance.js';
import { aurocWithInterval, pairedDeLong } from './delong.js';
import { placements } from './placement.js';
import { aurocScoreInterval } from './score-interval.js';

/** Labels with at least two records of each class, and whole-numbered scores with many ties. */
const scored = fc
  .array(fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: -6, max: 6 }) }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((records) => {
    const all = [
      { label: 1, score: 2 },
      { label: 1, score: -1 },
      { label: 0, score: 0 },
      { label: 0, score: 1 },
      ...records,
    ];
    return { labels: all.map((r) => r.label), scores: all.map((r) => r.score) };
  });

/** DeLong's variance from all pairs, O(n²). */
function varianceByPairs(labels: number[], scores: number[]): number {
  const ofClass = (label: number) => scores.filter((_, i) => labels[i] === label);
  const [positives, negatives] = [ofClass(1), ofClass(0)];
  const kernel = (p: number, n: number) => (p > n ? 1 : p === n ? 0.5 : 0);
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const spread = (values: number[]) => {
    const centre = mean(values);
    return values.reduce((sum, v) => sum + (v - centre) ** 2, 0) / (values.length - 1) / values.length;
  };
  return (
    spread(positives.map((p) => mean(negatives.map((n) => kernel(p, n))))) +
    spread(negatives.map((n) => mean(positives.map((p) => kernel(p, n)))))
  );
}

describe('laws of the AUROC', () => {
  it('a rising map of the scores changes nothing', () => {
    fc.assert(
      fc.property(scored, ({ labels, scores }) => {
        expect(
          auroc(
            labels,
            scores.map((s) => Math.exp(s) - 3),
          ),
        ).toBe(auroc(labels, scores));
      }),
    );
  });

  it('swapped labels, or scores of the opposite sign, give 1 - AUROC', () => {
    fc.assert(
      fc.property(scored, ({ labels, scores }) => {
        const swapped = auroc(
          labels.map((label) => 1 - label),
          scores,
        );
        const negated = auroc(
          labels,
          scores.map((s) => -s),
        );
        expect(swapped).toBeCloseTo(1 - auroc(labels, scores), 12);
        expect(negated).toBeCloseTo(swapped, 12);
      }),
    );
  });

  it('the fast variance is that of all pairs', () => {
    fc.assert(
      fc.property(scored, ({ labels, scores }) => {
        const variance = aurocCovariance([placements(labels, scores)], toClusters(undefined, labels.length))[0]![0]!;
        expect(variance).toBeCloseTo(varianceByPairs(labels, scores), 12);
      }),
    );
  });

  it.each(['logit', 'wald', 'score'] as const)('the %s interval lies in [0, 1] around its estimate', (method) => {
    fc.assert(
      fc.property(scored, fc.constantFrom(0.5, 0.95, 0.999), ({ labels, scores }, level) => {
        const { auroc: value, interval } = aurocWithInterval(labels, scores, { method, level });
        expect(interval.lower).toBeGreaterThanOrEqual(0);
        expect(interval.lower).toBeLessThanOrEqual(value);
        expect(interval.upper).toBeGreaterThanOrEqual(value);
        expect(interval.upper).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('the paired difference changes its sign when the arms change places', () => {
    fc.assert(
      fc.property(scored, fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 44, maxLength: 44 }), (data, noise) => {
        const other = data.scores.map((s, i) => s + noise[i]!);
        const there = pairedDeLong(data.labels, data.scores, other);
        const back = pairedDeLong(data.labels, other, data.scores);
        expect(there.difference).toBeCloseTo(-back.difference, 12);
        expect(there.p).toBeCloseTo(back.p, 10);
      }),
    );
  });
});

describe('AUROC at its limits', () => {
  it('two records are enough for a value', () => {
    expect(auroc([1, 0], [0.7, 0.2])).toBe(1);
    expect(auroc([true, false], [0.5, 0.5])).toBe(0.5);
  });

  it('perfect separation gets an interval that leaves room', () => {
    const labels = Array.from({ length: 60 }, (_, i) => (i < 30 ? 1 : 0));
    const estimate = aurocWithInterval(labels, labels);
    expect(estimate).toMatchObject({ auroc: 1, variance: 0, method: 'score' });
    expect(estimate.interval.upper).toBe(1);
    expect(estimate.interval.lower).toBeGreaterThan(0.85);
    expect(estimate.interval.lower).toBeLessThan(0.97);
    expect(aurocScoreInterval(0, 30, 30).lower).toBe(0);
    expect(aurocScoreInterval(0, 30, 30).upper).toBeCloseTo(1 - estimate.interval.lower, 9);
  });

  it('a perfectly separated class of a million neither overflows nor exceeds 1', () => {
    const n = 1_000_000;
    const random = new Random('a million');
    const labels = Uint8Array.from({ length: n }, (_, i) => i & 1);
    const perfect = aurocWithInterval(labels, labels);
    expect(perfect.auroc).toBe(1);
    const scores = Float64Array.from({ length: n }, (_, i) => random.normal() + labels[i]!);
    const estimate = aurocWithInterval(labels, scores);
    // Φ(1/√2) for unit normals one standard deviation apart
    expect(Math.abs(estimate.auroc - 0.7602499389065233)).toBeLessThan(5 * estimate.standardError);
    expect(estimate.standardError).toBeGreaterThan(4e-4);
    expect(estimate.standardError).toBeLessThan(5e-4);
  });

  it.each([
    ['one class only', [1, 1], [0.2, 0.3], 'CHROMARAY_EVIDENCE_ONE_CLASS'],
    ['no records', [], [], 'CHROMARAY_EVIDENCE_EMPTY'],
    ['different lengths', [1, 0], [0.2], 'CHROMARAY_EVIDENCE_LENGTH'],
    ['a NaN score', [1, 0], [0.2, Number.NaN], 'CHROMARAY_EVIDENCE_SCORE'],
    ['a label that is no class', [1, 2], [0.2, 0.1], 'CHROMARAY_EVIDENCE_LABEL'],
  ])('%s is an error', (_, labels, scores, code) => {
    expect(() => auroc(labels, scores)).toThrow(expect.objectContaining({ code }));
  });

  it('one patient in a class has no variance', () => {
    expect(() => aurocWithInterval([1, 1, 0, 0], [3, 2, 1, 0], { patients: ['a', 'a', 'b', 'c'] })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_EVIDENCE_TOO_FEW' }),
    );
  });
});
