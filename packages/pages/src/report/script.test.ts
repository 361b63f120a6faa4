import { browserNeeded, browserProgram, type OpenPage, ReadersBrowser } from '@chromaray/testing/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildReport } from './build-report.js';
import { completeInput } from './sample-behaviour.test-support.js';

describe.skipIf(browserProgram === undefined)(`the script of a report${browserNeeded}`, { timeout: 120_000 }, () => {
  const input = completeInput({ seeds: [1, 2], epochs: 3, arms: { gray: 2.4, turbo: 2.3, shuffled: 1.5 } });
  const report = buildReport(input);
  let browser: ReadersBrowser;
  let opened: OpenPage;
  beforeAll(async () => {
    browser = await ReadersBrowser.start();
    opened = await browser.open(report, 1280, { policy: true });
  }, 120_000);
  afterAll(() => browser?.stop());

  const texts = (selector: string): Promise<string[]> => opened.page.locator(selector).allTextContents();

  it('runs under the policy of the page, which lets no other run', async () => {
    const forged = report.replace('</main>', '<script>document.title = "other"</script></main>');
    const { page, complaints } = await browser.open(forged, 1280, { policy: true });
    expect(await page.title()).not.toBe('other');
    expect(complaints.join()).toMatch(/Content Security Policy/);
    expect(await page.locator('.sort').count()).toBeGreaterThan(10);
    expect(opened.complaints).toEqual([]);
  });

  it('leaves the page readable without it: nothing that needs it is shown', async () => {
    const { page } = await browser.open(report, 1280, { script: false });
    for (const part of ['.explore', '.filter']) expect(await page.locator(part).isVisible(), part).toBe(false);
    expect(await page.locator('.sort, .enlarge, .zoom').count()).toBe(0);
    expect(await page.locator('#table-arms').isVisible()).toBe(true);
    expect(await page.locator('header .strip title').count()).toBeGreaterThan(6);
  });

  it('sorts a table by a heading: upwards, downwards, and back', async () => {
    const column = '[aria-labelledby="table-arms"] tbody td:nth-child(2) .line:first-child';
    const head = opened.page.locator('table[aria-labelledby="table-arms"] thead th').nth(1);
    const before = await texts(column);
    const numbers = before.map(Number.parseFloat);
    await head.locator('button').click();
    expect((await texts(column)).map(Number.parseFloat)).toEqual([...numbers].sort((a, b) => a - b));
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    await head.locator('button').click();
    expect((await texts(column)).map(Number.parseFloat)).toEqual([...numbers].sort((a, b) => b - a));
    await head.locator('button').click();
    expect(await texts(column)).toEqual(before);
  });

  it('says the value of a point where the pointer is', async () => {
    const point = opened.page.locator('.strip circle').first();
    await point.hover({ force: true });
    const { perSeed } = input.verdict.arms[0]!.auroc;
    expect(await opened.page.locator('.tip').textContent()).toBe(`gray, seed 1: ${perSeed[0]!.toFixed(3)}`);
  });

  it('shows what any threshold gives, beginning at the networks’ own', async () => {
    const row = '.explore tbody tr:first-child td';
    const [first] = input.arms;
    const counts = first!.trials.map(({ confusion }) => confusion!);
    const found = Math.round(counts.reduce((sum, { truePositives }) => sum + truePositives, 0) / counts.length);
    expect((await texts(row))[2]).toBe(String(found));
    const set = (step: number) =>
      opened.page.evaluate(
        `{ const range = document.querySelector('.explore input'); range.value = ${step}; range.dispatchEvent(new Event('input')) }`,
      );
    await set(0);
    expect(await texts(row)).toEqual(['100.0\u00a0%', '0.0\u00a0%', '390', '0', '234', '0']);
    await set(700);
    const above = (pairs: readonly number[]) => pairs.filter((_, i) => i % 2 === 1 && pairs[i - 1]! >= 700);
    const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
    const alarms = first!.trials.map(({ steps }) => sum(above(steps!.negatives)));
    expect((await texts(row))[4]).toBe(String(Math.round(sum(alarms) / alarms.length)));
    await opened.page.locator('.explore button').filter({ hasText: 'own threshold' }).click();
    expect((await texts(row))[2]).toBe(String(found));
  });

  it('narrows the cases to a kind and to words', async () => {
    const left = () => opened.page.locator('[aria-labelledby="table-cases"] tbody tr:not([hidden])').count();
    await opened.page.locator('#cases summary').click();
    expect(await left()).toBe(input.cases!.cases.length);
    await opened.page.locator('.filter select').selectOption('missed');
    const missed = input.cases!.cases.filter(({ positive, arms }) => positive && 2 * arms[0]!.wrong > arms[0]!.seeds);
    expect(await left()).toBe(missed.length);
    await opened.page.locator('.filter input').fill(missed[0]!.record);
    expect(await left()).toBe(1);
    expect(await texts('.filter output')).toEqual([`1 of ${input.cases!.cases.length} shown`]);
  });

  it('enlarges a picture and a figure, and closes with Escape', async () => {
    const { page } = opened;
    for (const what of ['#samples .zoom', '.strip .enlarge']) {
      await page.locator(what).first().click();
      expect(await page.locator('dialog[open] > :is(img, svg)').count()).toBe(1);
      await page.keyboard.press('Escape');
      expect(await page.locator('dialog[open]').count()).toBe(0);
    }
  });
});
