import type { StudyScores, TrialScores } from '@chromaray/results';
import { describe, expect, it } from 'vitest';
import { drawSample, surestCases } from './choose-cases.js';
import { beside, overlay, scaledMap } from './overlay.js';
import { areaShare, borderRegion, centreRegion, regionShares } from './regions.js';

const size = { width: 64, height: 32 };
const flat = new Float32Array(64 * 32);

describe('regions', () => {
  it('of a map without preference hold what is their share of the picture', () => {
    const shares = regionShares(
      flat.map(() => 0.3),
      size,
      undefined,
    );
    expect(shares.border).toBeCloseTo(areaShare(borderRegion(size)), 6);
    expect(shares.centre).toBeCloseTo(0.25, 6);
    expect(areaShare(borderRegion(size))).toBeCloseTo(1 - (7 / 8) ** 2, 6);
    expect(areaShare(centreRegion(size))).toBeCloseTo(0.25, 6);
  });

  it('distinguish a corner, the middle and the lungs', () => {
    const corner = flat.map((_, i) => Number(i === 0));
    const middle = flat.map((_, i) => Number(i === 16 * 64 + 32));
    const lungs = Uint8Array.from(flat, (_, i) => Number(i % 64 >= 32));
    expect(regionShares(corner, size, lungs)).toEqual({ border: 1, centre: 0, lungs: 0 });
    expect(regionShares(middle, size, lungs)).toEqual({ border: 0, centre: 1, lungs: 1 });
  });

  it('of a map without evidence are unknown', () => {
    expect(regionShares(flat, size, new Uint8Array(flat.length))).toEqual({ border: null, centre: null, lungs: null });
  });
});

describe('the overlay', () => {
  const gray = { ...size, channels: 1, data: new Uint8Array(flat.length).fill(100) } as const;
  const ramp = flat.map((_, i) => (i % 64) / 63);

  it('rises in lightness with the evidence, so that it reads in gray', () => {
    const { data } = overlay(gray, ramp);
    const lightness = Array.from(
      { length: 64 },
      (_, x) => 0.3 * data[3 * x]! + 0.59 * data[3 * x + 1]! + 0.11 * data[3 * x + 2]!,
    );
    // The line at half of the strongest lies between columns 31 and 32.
    const without = lightness.filter((_, x) => x !== 31 && x !== 32);
    for (let x = 1; x < without.length; x++) expect(without[x]).toBeGreaterThanOrEqual(without[x - 1]! - 1);
    expect([...data.subarray(3 * 32, 3 * 33)]).toEqual([255, 255, 255]);
    expect([...data.subarray(3 * 31, 3 * 32)]).toEqual([0, 0, 0]);
  });

  it('is scaled to its strongest place, and stays dark where there is none', () => {
    expect(Math.max(...scaledMap(Float32Array.of(0, 4, 1, 0), { width: 2, height: 2 }, size))).toBe(1);
    expect(scaledMap(new Float32Array(4), { width: 2, height: 2 }, size).every((value) => value === 0)).toBe(true);
  });

  it('is to the right of its X-ray', () => {
    const both = beside(gray, overlay(gray, ramp));
    expect([both.width, both.height, both.channels]).toEqual([128, 32, 3]);
    expect([...both.data.subarray(0, 3)]).toEqual([100, 100, 100]);
    expect([...both.data.subarray(3 * 64, 3 * 65)]).toEqual([...overlay(gray, ramp).data.subarray(0, 3)]);
  });
});

describe('the cases', () => {
  const labels = Uint8Array.from({ length: 400 }, (_, i) => i % 2);
  const test: StudyScores['test'] = {
    labels,
    records: Array.from(labels, (_, i) => `r${i}`),
    patients: Array.from(labels, (_, i) => `p${i >> 2}`),
  };
  const trial: TrialScores = {
    arm: 'gray',
    seed: 1,
    threshold: 0.4,
    test: Float64Array.from(labels, (_, i) => ((i * 37) % 100) / 100),
  };

  it('measured are the same for every arm, one a patient, both classes alike', () => {
    const rows = drawSample(test, 7);
    expect(rows).toEqual(drawSample(test, 7));
    expect(rows).not.toEqual(drawSample(test, 8));
    expect(rows).toHaveLength(48);
    expect(rows.filter((row) => labels[row] === 1)).toHaveLength(24);
    expect(new Set(rows.map((row) => test.patients[row])).size).toBe(48);
  });

  it('shown are the surest of each outcome', () => {
    const cases = surestCases(test, trial);
    expect(cases.map(({ outcome }) => outcome)).toEqual(
      ['true positive', 'true negative', 'false positive', 'false negative'].flatMap((outcome) => [outcome, outcome]),
    );
    for (const { row, outcome } of cases) {
      const positives = outcome.endsWith('positive');
      const rivals = [...labels.keys()].filter((i) => labels[i] === labels[row] && trial.test[i]! >= 0.4 === positives);
      const better = rivals.filter((i) =>
        positives ? trial.test[i]! > trial.test[row]! : trial.test[i]! < trial.test[row]!,
      );
      expect(better.length).toBeLessThan(2);
    }
  });
});
