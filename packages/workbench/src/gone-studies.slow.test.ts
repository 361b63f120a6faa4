import { rmSync } from 'node:fs';
import { browserNeeded, browserProgram, type OpenPage, ReadersBrowser } from '@chromaray/testing/browser';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { epoch, folderOf, shows, storeOf, tabOn } from './hardships.test-support.js';
import { TestWorkbench } from './workbench.test-support.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

let test: TestWorkbench;
beforeAll(async () => {
  test = await TestWorkbench.open();
});
afterAll(() => test.close());

describe.skipIf(browserProgram === undefined)(
  `a study that goes, or whose program goes, while its page is open${browserNeeded}`,
  () => {
    let browser: ReadersBrowser;
    beforeAll(async () => {
      browser = await ReadersBrowser.start();
    });
    afterAll(() => browser?.stop());

    /** Deletes a study while its page waits for the answer to one of its requests, which is then asked for. */
    async function deletedBefore(request: RegExp): Promise<void> {
      storeOf(test, 'doomed').close();
      const { page } = await browser.visit(test.server.url);
      let isAsked = (): void => {};
      const asked = new Promise<void>((resolve) => {
        isAsked = resolve;
      });
      let goOn = (): void => {};
      const deleted = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      await page.route(request, async (route) => {
        isAsked();
        await deleted;
        await route.continue();
      });
      await page.goto(`${test.server.origin}/studies/doomed`);
      await asked;
      rmSync(folderOf(test, 'doomed').root, { recursive: true });
      goOn();
      await saysGone(page);
    }

    async function saysGone(page: OpenPage['page']): Promise<void> {
      await page.getByText('CHROMARAY_WEB_NOT_FOUND').first().waitFor({ timeout: 20_000 });
      await page.getByText('go back to the list of studies').first().waitFor();
      await page.close();
    }

    it.each([
      ['its summary', /\/api\/studies\/doomed$/],
      ['its trials', /\/doomed\/trials$/],
      ['its epochs', /\/doomed\/epochs/],
      ['its events', /\/doomed\/events/],
    ])('a study that is deleted before %s could be read: the page says so, with code and remedy', (_, request) =>
      deletedBefore(request),
    );

    it('a study that is deleted while it is shown: the page says so, with code and remedy', async () => {
      const store = storeOf(test, 'doomed');
      const page = await tabOn(browser, test, '/studies/doomed');
      await page.getByRole('heading', { name: 'Training' }).waitFor();
      store.addEvent(epoch(1));
      await shows(page, 1);
      store.close();
      rmSync(folderOf(test, 'doomed').root, { recursive: true });
      await saysGone(page);
    });

    it('a study that is deleted while the program behind the page is away: the page says both, one after the other', async () => {
      storeOf(test, 'doomed').close();
      const page = await tabOn(browser, test, '/studies/doomed');
      await page.getByRole('heading', { name: 'Training' }).waitFor();
      await page.route(/\/doomed\/events/, (route) => route.abort('connectionrefused'));
      // Leaving lets go of the stream, as does a tab that is hidden; coming back asks for it.
      await page.reload();
      await page.getByText('CHROMARAY_WEB_GONE').waitFor();
      rmSync(folderOf(test, 'doomed').root, { recursive: true });
      await page.unroute(/\/doomed\/events/);
      await saysGone(page);
    });

    it('the program behind the page comes back: the page goes on, and says so no more', async () => {
      const store = storeOf(test, 'lasting');
      const page = await tabOn(browser, test, '/');
      await page.route(/\/lasting\/events/, (route) => route.abort('connectionrefused'));
      await page.goto(`${test.server.origin}/studies/lasting`);
      await page.getByText('CHROMARAY_WEB_GONE').waitFor();
      store.addEvent(epoch(1));
      await page.unroute(/\/lasting\/events/);
      await shows(page, 1);
      expect(await page.getByText('CHROMARAY_WEB_GONE').count()).toBe(0);
      store.close();
      await page.close();
    });

    it('a study that is deleted and begun anew while it is shown: the page says so', async () => {
      const store = storeOf(test, 'reborn');
      const page = await tabOn(browser, test, '/studies/reborn');
      await page.getByRole('heading', { name: 'Training' }).waitFor();
      for (let i = 1; i <= 5; i++) store.addEvent(epoch(i));
      await shows(page, 5);
      store.close();
      rmSync(folderOf(test, 'reborn').root, { recursive: true });
      const next = storeOf(test, 'reborn');
      next.addEvent(epoch(1));
      await page.getByText('another of the same name was begun').waitFor({ timeout: 20_000 });
      next.close();
      await page.close();
    });
  },
);
