import { renameSync } from 'node:fs';
import { decodeImage } from '@chromaray/imaging';
import { studyFolder } from '@chromaray/store';
import { runStudy } from '@chromaray/study';
import { browserNeeded, browserProgram, ReadersBrowser } from '@chromaray/testing/browser';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inEveryLook, keepPicture } from '../looks.test-support.js';
import { TestWorkbench } from '../workbench.test-support.js';
import type { Case } from './cases.js';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

interface CasePage {
  readonly total: number;
  readonly cases: readonly Case[];
  readonly labels: readonly string[];
  readonly arms: readonly string[];
}

let test: TestWorkbench;
beforeAll(async () => {
  test = await TestWorkbench.open();
  await runStudy(test.tiny.studyFile(), { studies: test.tiny.path('studies') });
});
afterAll(() => test.close());

const page = (query: string): Promise<CasePage> => test.get<CasePage>(`/studies/tiny/cases?limit=1000&${query}`);

describe('the cases of a study', () => {
  it('are parted by what an arm makes of them, at the thresholds of its seeds', async () => {
    const all = await page('');
    expect([all.labels, all.arms]).toEqual([
      ['NORMAL', 'PNEUMONIA'],
      ['gray', 'turbo'],
    ]);
    let seen = 0;
    for (const outcome of ['true positive', 'false positive', 'true negative', 'false negative']) {
      const { cases } = await page(`arm=turbo&outcome=${encodeURIComponent(outcome)}`);
      seen += cases.length;
      for (const { positive, arms } of cases) {
        const { ofSeeds } = arms[1]!;
        const over = ofSeeds.reduce((sum, { probability, threshold }) => sum + probability - threshold!, 0) >= 0;
        expect(`${over === positive} ${over ? 'positive' : 'negative'}`).toBe(outcome);
        for (const { probability, threshold, right } of ofSeeds)
          expect(probability >= threshold! === positive).toBe(right);
      }
    }
    expect(seen).toBe(all.total);
    const { cases } = await page('sort=spread');
    const spreads = cases.map(({ arms }) =>
      Math.max(...arms.map(({ ofSeeds }) => Math.abs(ofSeeds[0]!.probability - ofSeeds[1]!.probability))),
    );
    expect(cases.map(({ spread }) => spread)).toEqual(spreads.map((spread) => expect.closeTo(spread, 12)));
    expect(spreads).toEqual([...spreads].sort((a, b) => b - a));
    const sheet = await test.bytes('/studies/tiny/cases/sheet?limit=12');
    const picture = await decodeImage(Buffer.from(await sheet.arrayBuffer()));
    expect([picture.width, picture.height]).toEqual([960, 192]);
  });

  it('are found by name alone, in every parameter', async () => {
    const names = ['../study.yaml', '/etc/passwd', '..', 'a\u0000b', '<b>'];
    for (const name of names.map(encodeURIComponent)) {
      expect((await test.refusal(`/studies/tiny/case?record=${name}`)).status).toBe(404);
      expect((await test.refusal(`/studies/tiny/seen?record=${name}`)).status).toBe(404);
      for (const query of [`arm=gray&seed=1&record=${name}`, `arm=${name}&seed=1&record=x`])
        expect((await test.refusal(`/studies/tiny/map?${query}`)).status).toBeGreaterThanOrEqual(400);
      expect((await page(`text=${name}`)).total).toBe(0);
      expect((await page(`arm=${name}&outcome=right`)).total).toBe(0);
    }
    for (const query of ['sort=x', 'order=x', 'outcome=x', 'limit=0', 'more=1'])
      expect((await test.refusal(`/studies/tiny/cases?${query}`)).code).toBe('CHROMARAY_WEB_REQUEST');
    expect(test.defects).toEqual([]);
  });
});

describe.skipIf(browserProgram === undefined)(`the page of cases${browserNeeded}`, () => {
  let browser: ReadersBrowser;
  beforeAll(async () => {
    browser = await ReadersBrowser.start({ graphics: true });
  });
  afterAll(() => browser.stop());

  it('lists, filters, opens a case in linked viewers, goes on by keys; its address brings all of it back', async () => {
    const { cases } = await page('sort=disagreement');
    const { page: shown, complaints } = await browser.visit(test.server.url);
    await shown.goto(`${test.server.origin}/studies/tiny/cases`);
    await shown
      .getByRole('status')
      .filter({ hasText: `${cases.length} cases` })
      .waitFor();
    await shown.getByLabel('Sort by').selectOption('disagreement');
    const first = shown.getByRole('region', { name: 'Cases' }).getByRole('link').first();
    await expect.poll(() => first.getAttribute('title')).toBe(cases[0]!.record);
    await first.click();
    await shown.getByRole('heading', { name: cases[0]!.record }).waitFor();
    await shown
      .getByRole('article', { name: 'turbo' })
      .getByText('The overlay shows', { exact: false })
      .or(shown.getByText('the map is empty'))
      .first()
      .waitFor();
    await shown.getByLabel('Beside it').selectOption('gray');
    const other = shown.getByRole('application', { name: `${cases[0]!.record} as gray sees it` });
    await other.focus();
    await shown.keyboard.press('+');
    await shown
      .getByRole('article', { name: 'turbo' })
      .getByText(/· 1\.\d+×/)
      .waitFor();
    await expect.poll(() => new URL(shown.url()).searchParams.get('view')).toContain('_z1');
    await keepPicture(shown, 'case-two');
    await shown.reload();
    await shown
      .getByRole('article', { name: 'gray' })
      .getByText(/· 1\.\d+×/)
      .waitFor();
    await shown.getByRole('application').first().focus();
    await shown.keyboard.press('n');
    await shown.getByRole('heading', { name: cases[1]!.record }).waitFor();
    // Who was in a viewer is in that of the next case, and goes on with its keys.
    const focused = "document.activeElement.getAttribute('role') + document.activeElement.getAttribute('aria-label')";
    await expect.poll(() => shown.evaluate<string>(focused)).toContain(`application${cases[1]!.record} as `);
    await shown.getByRole('article', { name: 'gray' }).waitFor();
    await shown.keyboard.press('p');
    await shown.getByRole('heading', { name: cases[0]!.record }).waitFor();
    await shown.goBack();
    await shown.getByRole('heading', { name: cases[1]!.record }).waitFor();
    await shown.getByRole('link', { name: 'All cases' }).click();
    await shown.getByLabel('Class').selectOption('PNEUMONIA');
    const sick = cases.filter(({ positive }) => positive).length;
    await shown
      .getByRole('status')
      .filter({ hasText: `${sick} case` })
      .waitFor();
    expect(new URL(shown.url()).searchParams.get('sort')).toBe('disagreement');
    expect(complaints).toEqual([]);
    await shown.close();
    const at = (query: string): string =>
      `${test.server.origin}/studies/tiny/cases?token=${test.server.token}&${query}`;
    await inEveryLook(browser, at('sort=disagreement'), 'cases', async (look) => {
      await look.getByRole('region', { name: 'Cases' }).getByRole('link').first().waitFor();
    });
    await inEveryLook(browser, at('look=grid&arm=turbo'), 'cases-grid', async (look) => {
      await look.getByRole('gridcell').first().waitFor();
    });
    await inEveryLook(
      browser,
      at(`record=${encodeURIComponent(cases[0]!.record)}&at=0&sort=disagreement&beside=gray`),
      'case',
      async (look) => {
        await look.getByRole('article', { name: 'gray' }).getByRole('toolbar').waitFor();
        await look
          .getByText('(Grad-CAM, seed', { exact: false })
          .or(look.getByText('the map is empty'))
          .nth(1)
          .waitFor();
      },
    );
  });

  it('says that the pixels are gone, and still what the networks said', async () => {
    const { cases } = await page('');
    const cache = `${studyFolder(test.tiny.path('studies'), 'tiny').root}/../.cache`;
    renameSync(cache, `${cache}-moved`);
    try {
      const { page: shown } = await browser.visit(
        `${test.server.origin}/studies/tiny/cases?token=${test.server.token}&record=${encodeURIComponent(cases[0]!.record)}`,
      );
      await shown.getByText('CHROMARAY_WEB_NOT_FOUND').first().waitFor();
      await shown.getByText('a dot a seed', { exact: false }).waitFor();
      await shown.close();
    } finally {
      renameSync(`${cache}-moved`, cache);
    }
  });
});
