import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { StudyReport } from '@chromaray/contracts';
import { studyFolder } from '@chromaray/store';
import { runStudy } from '@chromaray/study';
import { browserNeeded, browserProgram, ReadersBrowser, unfold } from '@chromaray/testing/browser';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inEveryLook } from './looks.test-support.js';
import type { Thresholds } from './results/thresholds.js';
import { TestWorkbench } from './workbench.test-support.js';

// A whole study is run, on machines that may be busy.
vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

let test: TestWorkbench;
beforeAll(async () => {
  test = await TestWorkbench.open();
  await runStudy(test.tiny.studyFile(), { studies: test.tiny.path('studies') });
});
afterAll(() => test.close());

const folder = () => studyFolder(test.tiny.path('studies'), 'tiny');

describe('what came out of a study', () => {
  it('is told in the words of the report', async () => {
    const report = await test.get<StudyReport>('/studies/tiny/report');
    const { statement } = JSON.parse(readFileSync(folder().verdict, 'utf8')) as { statement: string };
    expect([report.statement, report.study]).toEqual([statement, 'tiny']);
    const split = await test.get<{ counts: Record<string, { records: number }> }>('/studies/tiny/split');
    expect(split.counts).toEqual(report.numbers.counts);
  });

  it('a threshold decides as the verdict does at the threshold of each network', async () => {
    const { trials, steps } = await test.get<Thresholds>('/studies/tiny/thresholds');
    const report = await test.get<StudyReport>('/studies/tiny/report');
    expect([trials.length, steps]).toEqual([4, 1000]);
    const atLeast = (pairs: readonly number[], least: number): number =>
      pairs.reduce((sum, value, i) => sum + (i % 2 === 1 && pairs[i - 1]! >= least ? value : 0), 0);
    for (const { arm, seed, positives, negatives } of trials) {
      const { confusion } = report.arms.find(({ name }) => name === arm)!.trials.find((trial) => trial.seed === seed)!;
      expect(atLeast(positives, 0)).toBe(confusion!.truePositives + confusion!.falseNegatives);
      expect(atLeast(negatives, 0)).toBe(confusion!.trueNegatives + confusion!.falsePositives);
    }
  });

  it('its files are given, apart from the workbench, and no other', async () => {
    const files = await test.get<{ path: string }[]>('/studies/tiny/files');
    expect(files.map((file) => file.path)).toContain('report.html');
    for (const { path: file } of files) {
      const answer = await test.bytes(`/studies/tiny/file?path=${file}`);
      expect(await answer.text()).toBe(readFileSync(folder().inside(file), 'utf8'));
      expect(answer.headers.get('Content-Security-Policy')).toMatch(/^sandbox allow-scripts [^;]*; default-src 'none'/);
    }
    for (const file of [
      '../../study.yaml',
      '/etc/passwd',
      'study.db',
      '.lock',
      'figures',
      'none.svg',
      '..',
      'a\u0000.svg',
    ])
      expect([403, 404]).toContain((await test.refusal(`/studies/tiny/file?path=${encodeURIComponent(file)}`)).status);
    expect(test.wrong).toEqual([]);
  });
});

describe.skipIf(browserProgram === undefined)(`the study page${browserNeeded}`, () => {
  let browser: ReadersBrowser;
  beforeAll(async () => {
    browser = await ReadersBrowser.start();
  });
  afterAll(() => browser?.stop());

  it.each(['training', 'verdict', 'models', 'plan'])(
    'has no fault in the part %s, wide and narrow, light and dark',
    (part) =>
      inEveryLook(browser, test.server.url, `study-${part}`, async (page) => {
        await page.goto(`${test.server.origin}/studies/tiny?part=${part}`);
        await page.locator('h2').first().waitFor();
        await unfold(page);
      }),
  );

  it('gives a figure as SVG, PNG and CSV', async () => {
    const { page } = await browser.visit(test.server.url);
    await page.goto(`${test.server.origin}/studies/tiny?part=training`);
    const saved = async (name: string): Promise<Buffer> => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
      return readFileSync(await download.path());
    };
    const svg = (await saved('Save Validation loss by epoch as SVG')).toString();
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).not.toMatch(/var\(|class=/);
    const png = await saved('Save Validation loss by epoch as PNG');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    const [head, ...rows] = parse((await saved('Save Validation loss by epoch as CSV')).toString()) as string[][];
    expect([head, rows.length]).toEqual([['arm', 'seed', 'epoch', 'validationLoss'], 8]);
    await page.goto(`${test.server.origin}/studies/tiny?part=verdict`);
    await page.locator('.paper svg').first().waitFor();
    const forest = parse((await saved('Save Difference in AUROC from gray as CSV')).toString()) as string[][];
    expect(forest.map((row) => row[2])).toEqual(['seed', 'mean', '1', '2']);
    await page.close();
  });

  it('moves what arms decide with the threshold, which the address keeps', async () => {
    const { page } = await browser.visit(test.server.url);
    await page.goto(`${test.server.origin}/studies/tiny?part=models&threshold=1.000`);
    await page.getByText('A threshold that is chosen here was chosen on the test part').waitFor();
    const cells = () => page.locator('.confusion').first().locator('td').allTextContents();
    expect((await cells()).slice(0, 1)).toEqual(['0.0 found']);
    await page.getByLabel(/^Calls PNEUMONIA/).fill('0');
    expect((await cells())[1]).toBe('0.0 missed');
    expect(page.url()).toContain('threshold=0.000');
    await page.reload();
    await page.locator('.confusion').first().waitFor();
    expect((await cells())[1]).toBe('0.0 missed');
    await page.close();
  });

  it('shows the report in a page that cannot reach the workbench', async () => {
    const { page } = await browser.visit(test.server.url);
    await page.goto(`${test.server.origin}/studies/tiny?part=plan`);
    const [report] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'report.html' }).click(),
    ]);
    await report.locator('h1').waitFor();
    expect(await report.evaluate('origin')).toBe('null');
    expect(await report.evaluate("fetch('/api/studies').then(() => 'read', () => 'refused')")).toBe('refused');
    expect(existsSync(path.join(folder().root, 'report.html'))).toBe(true);
    await report.close();
    await page.close();
  });
});
