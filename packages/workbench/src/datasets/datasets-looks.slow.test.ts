import { browserNeeded, browserProgram, ReadersBrowser } from '@chromaray/testing/browser';
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { inEveryLook } from '../looks.test-support.js';
import { TestWorkbench } from '../workbench.test-support.js';
import { dataAddress, opened, type RecordsPage, soon, writePlanted } from './datasets.test-support.js';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

describe.skipIf(browserProgram === undefined)(`the looks of the page of data sets${browserNeeded}`, () => {
  let browser: ReadersBrowser;
  let test: TestWorkbench;
  let first: string;
  beforeAll(async () => {
    browser = await ReadersBrowser.start({ graphics: true });
    test = await TestWorkbench.open();
    await writePlanted(test);
    const { id } = await opened(test, { path: 'planted' });
    const { records } = await test.get<RecordsPage>(`/datasets/${id}/records?limit=2`);
    first = records[0]!.id;
    const excluded = [{ record: records[1]!.id, reason: 'a copy' }];
    await test.post(`/datasets/${id}/exclude`, { file: 'copies.csv', excluded });
  });
  afterAll(async () => {
    await browser.stop();
    await test.close();
  });

  it.each([
    ['choose', ''],
    ['grid', 'path=planted'],
    ['picture', 'path=planted&tab=&picture=FIRST'],
    ['audit', 'path=planted&tab=audit'],
    ['pair', 'path=planted&tab=audit&show=duplicate-across-parts'],
    ['evidence', 'path=planted&tab=audit&show=unreadable-files'],
    ['exclusions', 'path=planted&tab=exclusions&list=copies.csv'],
  ])('%s has no fault, wide and narrow, light and dark', async (name, query) => {
    await inEveryLook(
      browser,
      dataAddress(test, query.replace('FIRST', encodeURIComponent(first))),
      `data-${name}`,
      async (page) => {
        if (name === 'choose') await page.getByRole('link', { name: 'planted' }).waitFor();
        if (name === 'grid')
          await page
            .getByRole('gridcell', { name: /\.(png|jpe?g)$/ })
            .first()
            .waitFor();
        if (name === 'picture') await page.locator('.picture-dialog canvas').waitFor();
        if (name === 'audit')
          await page
            .getByRole('heading', { name: /Blocks/ })
            .first()
            .waitFor();
        if (name === 'pair') await soon(() => page.locator('.pair canvas').count()).toBe(2);
        if (name === 'evidence')
          await page
            .getByRole('cell', { name: /CHROMARAY_/ })
            .first()
            .waitFor();
        if (name === 'exclusions') await page.getByText('a copy').waitFor();
      },
    );
  });
});
