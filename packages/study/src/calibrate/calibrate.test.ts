import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { calibrate } from './calibrate.js';
import { brokenLimits } from './limits.js';
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

const some = [aaSeries[0]!, plantedSeries[0]!];

describe('calibrate', () => {
  it('gives the same numbers for the same seed, and others for another', async () => {
    const run = async (seed: string) => {
      const { series } = await calibrate({ studies: 4, trained: 0, seed, series: some });
      return series.map(({ meanDifference }) => meanDifference);
    };
    expect(await run('a')).toEqual(await run('a'));
    expect(await run('a')).not.toEqual(await run('b'));
  });

  it('goes on with trained studies where an earlier run stopped', async () => {
    const journal = path.join(folder, 'trained.jsonl');
    const options = { studies: 2, trainedDesign: tiny, journal, series: some };
    await calibrate({ ...options, trained: 1 });
    const first = readFileSync(journal, 'utf8');
    writeFileSync(journal, `${first}{"differ`);
    let steps = 0;
    const result = await calibrate({ ...options, trained: 2, onProgress: () => steps++ });
    expect(readFileSync(journal, 'utf8').startsWith(first)).toBe(true);
    expect(steps).toBe(2 * some.length + 2);
    const undisturbed = await calibrate({ studies: 2, trained: 2, trainedDesign: tiny, series: some });
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
    const study = [
      { difference: 0.02, p: 0.04, lower: 0.001, upper: 0.039, standardError: 0.01, verdict: 'helps' as const },
    ];
    const other = [
      { difference: 0, p: 1, lower: -0.02, upper: 0.02, standardError: 0.01, verdict: 'inconclusive' as const },
    ];
    const rates = seriesRates([study, other, other, other], 0, 0.05)!;
    expect(rates.significant.rate).toBe(0.25);
    expect(rates.coverage.rate).toBe(0.75);
    expect(rates.significant.standardError).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 4), 12);
    expect(rates.verdicts).toMatchObject({ helps: 1, harms: 0, 'no meaningful difference': 0, inconclusive: 3 });
  });

  it('count a study with several arms once: any of them may be significant, all of them must be covered', () => {
    const arm = (p: number, lower: number) => ({
      difference: 0,
      p,
      lower,
      upper: 1,
      standardError: 0.5,
      verdict: 'inconclusive' as const,
    });
    const rates = seriesRates(
      [
        [arm(0.01, 0.1), arm(0.8, -1)],
        [arm(0.8, -1), arm(0.9, -1)],
      ],
      0,
      0.05,
    )!;
    expect(rates.significant).toMatchObject({ rate: 0.5, studies: 2 });
    expect(rates.coverage).toMatchObject({ rate: 0.5, studies: 2 });
  });
});

describe('the limits of a series', () => {
  const rates = (significant: number, studies: number) => {
    const study = (p: number) => [
      { difference: 0, p, lower: -1, upper: 1, standardError: 0.5, verdict: 'inconclusive' as const },
    ];
    return seriesRates(
      Array.from({ length: studies }, (_, i) => study(i < significant ? 0.01 : 1)),
      0,
      0.05,
    )!;
  };

  it('are broken by a rate that chance does not explain, and not by one that it does', () => {
    const limits = { significant: [0.03, 0.07] } as const;
    expect(brokenLimits('some', rates(110, 1000), limits)).toEqual([
      { series: 'some', of: 'significant', rate: 0.11, limits: limits.significant },
    ]);
    expect(brokenLimits('some', rates(5, 1000), limits)).toHaveLength(1);
    expect(brokenLimits('some', rates(80, 1000), limits)).toEqual([]);
    expect(brokenLimits('some', rates(11, 100), limits)).toEqual([]);
  });
});
