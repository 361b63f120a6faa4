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
import { buildReport } from './build-report.js';
import { partialInput } from './report.test-support.js';
import { completeInput } from './sample-behaviour.test-support.js';

describe.skipIf(browserProgram === undefined)(`the report in a browser${browserNeeded}`, { timeout: 120_000 }, () => {
  const few = completeInput({ seeds: [1], epochs: 4, arms: { gray: 2.4, turbo: 2.3 } });
  const reports = {
    whole: buildReport(completeInput()),
    partial: buildReport(partialInput()),
    risky: buildReport({
      ...few,
      verdict: { ...few.verdict, verdict: 'invalid', risksAccepted: ['near-duplicates'] },
    }),
  };
  let browser: ReadersBrowser;
  beforeAll(async () => {
    browser = await ReadersBrowser.start();
  }, 120_000);
  afterAll(() => browser?.stop());

  it.each(Object.entries(reports))('opens without a complaint and asks for nothing: %s', async (_, report) => {
    const { page, complaints, requests } = await browser.open(report);
    expect(await page.title()).toMatch(/^does-colour-help: /);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
  });

  it.each(Object.entries(reports))('has links that lead where they say: %s', async (_, report) => {
    const { page } = await browser.open(report);
    expect(await brokenLinks(page)).toEqual([]);
  });

  it.each([
    ['whole', 1280, reports.whole],
    ['whole', 390, reports.whole],
    ['partial', 390, reports.partial],
    ['risky', 1280, reports.risky],
  ] as const)('can be read by everybody, after axe: %s, %i pixels wide', async (_, width, report) => {
    const { page } = await browser.open(report, width);
    await unfold(page);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('would not be called readable with faint text or a picture without words', async () => {
    const faulty = reports.partial.replace('<main>', '<main><p style="color: #bbb">faint</p><img src="data:,">');
    const { page } = await browser.open(faulty);
    const faults = (await accessibilityFaults(page)).map((fault) => fault.split(':')[0]);
    expect(faults).toEqual(['color-contrast', 'image-alt']);
  });

  it.each([1280, 390])('fits a window %i pixels wide: only tables scroll sideways', async (width) => {
    const { page } = await browser.open(reports.whole, width);
    expect(await widthOf(page)).toBeLessThanOrEqual(width);
  });

  it('shows verdict, notice and forest plot before anybody scrolls', async () => {
    const { page } = await browser.open(reports.whole);
    for (const part of ['h1', '.statement', '.notice', '.forest .wide svg']) {
      const box = await page.locator(part).first().boundingBox();
      expect(box!.y + box!.height, part).toBeLessThanOrEqual(800);
    }
  });
});
