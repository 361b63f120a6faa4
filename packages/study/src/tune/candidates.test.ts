import type { TuneSection } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { tuneCandidates } from './candidates.js';

const search = (changes: Partial<TuneSection> = {}): TuneSection => ({
  ...{ method: 'random', candidates: 200, epochs: 4, reduction: 3, seed: 0 },
  space: { training: { learningRate: { log: [0.0001, 0.01] }, batch: { linear: [8, 64] } } },
  ...changes,
});
const values = (section: TuneSection, key: string) =>
  tuneCandidates(section)
    .slice(1)
    .map(({ settings }) => settings[key] as number);

describe('the candidates of a search', () => {
  it('begin with the study’s own settings and are numbered from 1, no two alike', () => {
    const found = tuneCandidates(search());
    expect(found).toHaveLength(200);
    expect(found[0]).toEqual({ candidate: 1, settings: {} });
    expect(found.map(({ candidate }) => candidate)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect(new Set(found.map(({ settings }) => JSON.stringify(settings))).size).toBe(200);
  });

  it('follow from the seed alone, and a key that is added leaves the others as they were', () => {
    expect(tuneCandidates(search())).toEqual(tuneCandidates(search()));
    expect(tuneCandidates(search({ seed: 1 }))).not.toEqual(tuneCandidates(search()));
    const space = { training: { ...search().space.training, clipNorm: [1, 5] } };
    expect(values(search({ space }), 'training.learningRate').slice(0, 50)).toEqual(
      values(search(), 'training.learningRate').slice(0, 50),
    );
  });

  it('lie evenly in the logarithm, or evenly, within their ranges; batches are whole', () => {
    const rates = values(search(), 'training.learningRate');
    // Half of a log-uniform draw lies below the geometric mean: 99.9 % of such samples of 199 within 0.38 to 0.62.
    const below = rates.filter((rate) => rate < 0.001).length / rates.length;
    expect(below).toBeGreaterThan(0.38);
    expect(below).toBeLessThan(0.62);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(0.0001);
    expect(Math.max(...rates)).toBeLessThanOrEqual(0.01);
    const batches = values(search(), 'training.batch');
    expect(batches.every((batch) => Number.isInteger(batch) && batch >= 8 && batch <= 64)).toBe(true);
    expect(batches.filter((batch) => batch < 36).length / batches.length).toBeCloseTo(0.5, 0);
  });

  it('cover a small space whole', () => {
    const space = { training: { batch: [4, 8], learningRate: [0.01, 0.1, 1] } } as const;
    const found = tuneCandidates(search({ candidates: 6, space })).slice(1);
    expect(new Set(found.map(({ settings }) => JSON.stringify(settings))).size).toBe(5);
  });
});
