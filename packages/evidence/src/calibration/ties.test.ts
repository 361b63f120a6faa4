import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { expectedCalibrationError, reliabilityBins } from './reliability.js';

/** A calibrated model that gives two probabilities: 0.2 to half of the records, 0.8 to the others. */
const records = Array.from({ length: 200 }, (_, i) => {
  const probability = i < 100 ? 0.2 : 0.8;
  return { probability, label: Number(i % 100 < 100 * probability) };
});

const error = (of: readonly { probability: number; label: number }[]): number =>
  expectedCalibrationError(
    of.map(({ label }) => label),
    of.map(({ probability }) => probability),
  );

describe('bins of equal mass where probabilities are tied', () => {
  it('a calibrated model of two probabilities has no calibration error, in any order of records', () => {
    expect(error(records)).toBeCloseTo(0, 12);
    expect(error([...records].sort((a, b) => a.label - b.label))).toBeCloseTo(0, 12);
    expect(error([...records].reverse())).toBeCloseTo(0, 12);
  });

  it('every probability is in one bin, and every record is counted', () => {
    const random = new Random('ties');
    const probabilities = Array.from({ length: 97 }, () => random.int(5) / 4);
    const labels = probabilities.map((probability) => Number(random.float() < probability));
    const bins = reliabilityBins(labels, probabilities, 10);
    expect(bins.reduce((sum, { observed }) => sum + observed.n, 0)).toBe(97);
    for (const [i, bin] of bins.entries()) {
      expect(bin.lowest).toBeLessThanOrEqual(bin.meanProbability);
      expect(bin.highest).toBeGreaterThanOrEqual(bin.meanProbability);
      if (i > 0) expect(bin.lowest).toBeGreaterThan(bins[i - 1]!.highest);
      if (i > 0) expect(bin.bin).toBeGreaterThan(bins[i - 1]!.bin);
    }
  });

  it('a constant model has one bin', () => {
    expect(reliabilityBins([0, 1, 1, 0], [0.5, 0.5, 0.5, 0.5])).toMatchObject([
      { meanProbability: 0.5, observed: { n: 4, count: 2 } },
    ]);
  });
});
