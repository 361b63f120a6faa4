import { writeFileSync } from 'node:fs';
import { parseStudyFile, runStudy } from '@chromaray/study';
import { browserNeeded, browserProgram, ReadersBrowser } from '@chromaray/testing/browser';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inEveryLook } from './looks.test-support.js';
import { TestWorkbench } from './workbench.test-support.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** A name that an address must encode. */
const names = ['tiny', 'other-2'] as const;

let test: TestWorkbench;
beforeAll(async () => {
  test = await TestWorkbench.open();
  for (const [i, name] of names.entries()) {
    const text = (await test.get<{ text: string }>('/study-files/text?file=study.yaml')).text
      .replace('name: tiny', `name: ${name}`)
      .replace('margin: 0.05', `margin: 0.0${5 + i}`);
    const file = test.tiny.path(`${name}.yaml`);
    writeFileSync(file, text);
    await runStudy(parseStudyFile(text, file), { studies: test.tiny.path('studies') });
  }
});
afterAll(() => test.close());

describe.skipIf(browserProgram === undefined)(`verdicts side by side${browserNeeded}`, () => {
  let browser: ReadersBrowser;
  beforeAll(async () => {
    browser = await ReadersBrowser.start();
  });
  afterAll(() => browser?.stop());

  it('are chosen by a click, named in the address, and brought back by it', async () => {
    const { page, complaints } = await browser.visit(test.server.url);
    await page.getByRole('link', { name: 'Compare' }).click();
    for (const name of names) await page.getByRole('checkbox', { name }).check();
    const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
    await row('tiny').first().waitFor();
    await row('other-2').first().waitFor();
    await page.getByText('never pooled').first().waitFor();
    // What their study files differ in is told by key.
    await page.getByText('endpoint.margin').first().waitFor();
    const address = page.url();
    expect(new URL(address).searchParams.get('studies')).toBe('tiny,other-2');
    await page.getByRole('checkbox', { name: 'other-2' }).uncheck();
    await expect.poll(() => row('other-2').count(), { timeout: 20_000 }).toBe(0);
    await page.goto(address);
    await row('other-2').first().waitFor();
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(2);
    await row('tiny').first().getByRole('link', { name: 'tiny' }).click();
    await page.getByRole('heading', { name: 'tiny', exact: true }).waitFor();
    await page.goBack();
    await row('other-2').first().waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('have no fault, wide and narrow, light and dark', () =>
    inEveryLook(browser, test.server.url, 'compare', async (page) => {
      await page.goto(`${test.server.origin}/compare?studies=${names.join(',')}`);
      await page.getByText('endpoint.margin').first().waitFor();
    }));

  it('of a study that is not there is an error with its code', async () => {
    const { page } = await browser.visit(test.server.url);
    await page.goto(`${test.server.origin}/compare?studies=tiny,none`);
    await page.getByText('CHROMARAY_WEB_NOT_FOUND').first().waitFor();
    await page.close();
  });
});

describe.skipIf(browserProgram === undefined)(`addresses that nobody wrote${browserNeeded}`, () => {
  const parameters = [
    ...['arm', 'arms', 'study', 'seed', 'studies', 'part', 'threshold', 'state', 'file', 'sort', 'label', 'picture'],
    ...['window', 'view', 'record', 'outcome', 'group', 'show', 'tab', 'list', 'path', 'colours', 'map', 'text'],
    ...['at', 'beside', 'data', 'left', 'look', 'mode', 'order', 'layout', 'exclude', 'preset', 'positive', 'classes'],
  ];
  it.each([
    ['garbage', '%25zz%25'],
    ['markup', '%3Cimg%20src=x%20onerror=alert(1)%3E'],
    ['a number that is none', '1e999'],
    ['a name of every object', '__proto__'],
    ['very long text', 'x'.repeat(300)],
  ])('%s in every parameter: the page is there, and obeys nothing', async (_, value) => {
    const browser = await ReadersBrowser.start();
    try {
      const { page } = await browser.visit(test.server.url);
      const wrong: string[] = [];
      page.on('pageerror', (error) => wrong.push(`${page.url().slice(0, 80)}: ${error.message}`));
      page.on('dialog', (dialog) => {
        wrong.push('obeyed');
        void dialog.dismiss();
      });
      const query = parameters.map((name) => `${name}=${value}`).join('&');
      for (const at of [
        '/',
        '/data',
        '/study-file',
        '/compare',
        '/studies/tiny',
        '/studies/tiny/cases',
        '/lab',
        '/try',
      ]) {
        await page.goto(`${test.server.origin}${at}?${query}`);
        await page.locator('main h1').first().waitFor();
        // What the page asks for with these comes back, and is shown.
        await page.waitForTimeout(1500);
        expect(await page.locator('main h1').count(), at).toBeGreaterThan(0);
      }
      expect(wrong).toEqual([]);
      await page.close();
    } finally {
      await browser.stop();
    }
  });
});
