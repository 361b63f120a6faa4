import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { calibrate } from './calibrate.js';
import { seriesRates } from './rates.js';
import { aaSeries, plantedSeries } from './series.js';

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-calibrate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A study of two patients' worth of training, to see that the way is right, not what it measures. */
const tiny = {
  trainPatients: 8,
  testPatients: 12,
  mostRecordsPerPatient: 2,
  seeds: 2,
  size: 16,
  epochs: 1,
  subtlety: 0.1,
};

describe('calibrate', () => {
  it('keeps type I error and coverage within their limits, in a shortened series', async () => {
    const { typeIError, coverage, power } = await calibrate({ studies: 60, trained: 0 });
    expect(typeIError.studies).toBe(60 * aaSeries.length);
    // Widened by two Monte Carlo errors: the limits themselves are 3 to 7 % and 93 to 97 %.
    expect(typeIError.rate).toBeGreaterThan(0.03 - 2 * typeIError.standardError);
    expect(typeIError.rate).toBeLessThan(0.07 + 2 * typeIError.standardError);
    expect(coverage.rate).toBeGreaterThan(0.93 - 2 * coverage.standardError);
    expect(coverage.rate).toBeLessThan(0.97 + 2 * coverage.standardError);
    // The promise is made before training, with cautious assumptions: it may be kept with something to spare.
    expect(power.rate).toBeGreaterThan(power.promised - 2 * power.standardError);
    expect(power.rate).toBeLessThan(power.promised + 0.25);
  });

  it('gives the same numbers for the same seed, and others for another', async () => {
    const run = async (seed: string) => {
      const { series } = await calibrate({ studies: 5, trained: 0, seed });
      return series.map(({ meanDifference }) => meanDifference);
    };
    expect(await run('a')).toEqual(await run('a'));
    expect(await run('a')).not.toEqual(await run('b'));
  });

  it('goes on with trained studies where an earlier run stopped', async () => {
    const journal = path.join(folder, 'trained.jsonl');
    const options = { studies: 2, trainedDesign: tiny, journal };
    await calibrate({ ...options, trained: 1 });
    const first = readFileSync(journal, 'utf8');
    writeFileSync(journal, `${first}{"differ`);
    let steps = 0;
    const result = await calibrate({ ...options, trained: 2, onProgress: () => steps++ });
    expect(readFileSync(journal, 'utf8').startsWith(first)).toBe(true);
    expect(steps).toBe(2 * (aaSeries.length + plantedSeries.length) + 2);
    const undisturbed = await calibrate({ studies: 2, trained: 2, trainedDesign: tiny });
    expect(result.series.at(-1)).toEqual(undisturbed.series.at(-1));
  });

  it('stops at once when asked to', async () => {
    await expect(calibrate({ studies: 50, trained: 0, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CHROMARAY_INTERRUPTED',
    });
  });
});

describe('the rates of a series', () => {
  it('count what is significant, what is covered and every verdict', () => {
    const study = { difference: 0.02, p: 0.04, lower: 0.001, upper: 0.039, verdict: 'helps' as const };
    const other = { difference: 0, p: 1, lower: -0.02, upper: 0.02, verdict: 'inconclusive' as const };
    const rates = seriesRates([study, other, other, other], 0, 0.05)!;
    expect(rates.significant.rate).toBe(0.25);
    expect(rates.coverage.rate).toBe(0.75);
    expect(rates.significant.standardError).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 4), 12);
    expect(rates.verdicts).toMatchObject({ helps: 1, harms: 0, 'no meaningful difference': 0, inconclusive: 3 });
  });
});
