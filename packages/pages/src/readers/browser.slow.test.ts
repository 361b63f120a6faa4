import {
  accessibilityFaults,
  brokenLinks,
  browserNeeded,
  browserProgram,
  ReadersBrowser,
  unfold,
  widthOf,
} from '@chromaray/testing/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readersReport } from './readers-report.js';
import { keptProtocol, sampleAnalysis } from './sample-analysis.test-support.js';

describe.skipIf(browserProgram === undefined)(
  `the report of a reader study in a browser${browserNeeded}`,
  { timeout: 120_000 },
  () => {
    const report = readersReport(sampleAnalysis());
    const warned = readersReport(
      sampleAnalysis({
        verdict: 'invalid',
        protocol: {
          ...keptProtocol,
          amendedAfterReadings: ['the margin was 0.03'],
          washout: { plannedDays: 28, shortestDays: 3, broken: [{ reader: 'anna', days: 3 }] },
        },
      }),
    );
    let browser: ReadersBrowser;
    beforeAll(async () => {
      browser = await ReadersBrowser.start();
    }, 120_000);
    afterAll(() => browser?.stop());

    it('opens without a complaint, asks for nothing, and its links lead somewhere', async () => {
      const { page, complaints, requests } = await browser.open(report);
      expect([complaints, requests, await brokenLinks(page)]).toEqual([[], [], []]);
    });

    it.each([
      ['whole', 1280, report],
      ['whole', 390, report],
      ['with warnings', 390, warned],
    ] as const)('can be read by everybody and fits: %s, %i pixels wide', async (_, width, shown) => {
      const { page } = await browser.open(shown, width);
      expect(await widthOf(page)).toBeLessThanOrEqual(width);
      await unfold(page);
      expect(await accessibilityFaults(page)).toEqual([]);
    });

    it('shows verdict, notice and differences before anybody scrolls', async () => {
      const { page } = await browser.open(report);
      for (const part of ['h1', '.statement', '.notice', '.forest .wide svg']) {
        const box = await page.locator(part).first().boundingBox();
        expect(box!.y + box!.height, part).toBeLessThanOrEqual(800);
      }
    });
  },
);
