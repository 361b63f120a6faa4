import { renameSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { browserNeeded, browserProgram, ReadersBrowser } from '@chromaray/testing/browser';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { keepPicture } from '../looks.test-support.js';
import { TestWorkbench } from '../workbench.test-support.js';
import {
  dataAddress,
  hostile,
  opened,
  type RecordsPage,
  soon,
  writeHostile,
  writePlanted,
} from './datasets.test-support.js';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

let test: TestWorkbench;
beforeAll(async () => {
  test = await TestWorkbench.open();
  await writePlanted(test);
  await writeHostile(test);
});
afterAll(() => test.close());

describe.skipIf(browserProgram === undefined)(`the page of data sets${browserNeeded}`, () => {
  let browser: ReadersBrowser;
  beforeAll(async () => {
    browser = await ReadersBrowser.start({ graphics: true });
  });
  afterAll(() => browser.stop());

  it('filters by a click and in the address, opens a picture with its window, and goes back', async () => {
    await opened(test, { path: 'data' });
    const { page, complaints } = await browser.visit(test.server.url);
    await page.getByRole('link', { name: 'Data' }).click();
    await page.getByRole('link', { name: 'data', exact: true }).click();
    const grid = page.getByRole('grid');
    await page
      .getByRole('gridcell', { name: /\.(png|jpe?g)$/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: /^PNEUMONIA/ }).click();
    await soon(() => new URL(page.url()).searchParams.get('label')).toBe('PNEUMONIA');
    await soon(() => page.getByRole('gridcell', { name: /NORMAL/ }).count()).toBe(0);
    // Enter opens a picture that is not read yet as soon as it is.
    await page.route(/records\?.*sort=bytes.*limit=50/, async (route) => {
      await delay(1500);
      await route.continue();
    });
    await page.getByLabel('Sorted by').selectOption('bytes');
    await grid.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/^2 of /).waitFor();
    await dialog.getByRole('application').focus();
    await page.keyboard.press('i');
    await soon(() => new URL(page.url()).searchParams.get('window')).toContain('_i1');
    await keepPicture(page, 'data-picture');
    const open = page.url();
    await page.keyboard.press('PageDown');
    await dialog.getByText(/^3 of /).waitFor();
    expect(new URL(page.url()).searchParams.get('window')).toBeNull();
    await page.keyboard.press('Escape');
    await soon(() => dialog.count()).toBe(0);
    await page.goto(open);
    await dialog.getByText(/inverted/).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: /^PNEUMONIA/ }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows what the audit found in pairs, excludes copies with a reason, and takes it back', async () => {
    const { id } = await opened(test, { path: 'planted' });
    const { page, complaints } = await browser.visit(dataAddress(test, 'path=planted&tab=audit&list=copies.csv'));
    await page
      .getByRole('heading', { name: /Blocks: .*more than one part/ })
      .first()
      .waitFor();
    await page
      .getByRole('link', { name: /Show the evidence of 2 pictures in more than one part/ })
      .first()
      .click();
    await soon(() => page.locator('.pair canvas').count()).toBe(2);
    await page.getByRole('application').first().focus();
    await page.keyboard.press('+');
    await soon(() => page.locator('.viewer-state', { hasText: '1.25×' }).count()).toBe(2);
    await keepPicture(page, 'data-pair');
    await page.getByLabel('Difference').check();
    await page.getByRole('application', { name: 'Difference of the two pictures' }).waitFor();
    await page.getByLabel('Flicker').check();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Swap' }).click();
    await page.getByRole('button', { name: /^Exclude all 2 copies/ }).click();
    await page.getByText('Excluded', { exact: true }).first().waitFor();
    const listed = () => test.get<{ record: string; reason: string }[]>('/exclusions?file=copies.csv');
    expect((await listed()).map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^the same file as /),
      expect.stringMatching(/^the same file as /),
    ]);
    await page.getByRole('link', { name: 'Exclusions' }).click();
    await page.getByText('exclude: copies.csv').waitFor();
    await keepPicture(page, 'data-exclusions');
    await page.getByRole('button', { name: /^Undo/ }).first().click();
    await soon(async () => (await listed()).length).toBe(1);
    await page.getByRole('link', { name: 'Audit without them' }).click();
    await page.getByRole('heading', { name: '1 record excluded by name' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
    expect(id).toMatch(/^[0-9a-f]{16}$/);
  });

  it('names of files are shown and not obeyed', async () => {
    await opened(test, { path: 'hostile' });
    const { page, complaints } = await browser.visit(dataAddress(test, 'path=hostile'));
    let obeyed = false;
    page.on('dialog', () => {
      obeyed = true;
    });
    await page.getByRole('gridcell', { name: hostile[0]! }).first().waitFor();
    for (const name of hostile) {
      await page.goto(
        dataAddress(test, new URLSearchParams({ path: 'hostile', picture: `NORMAL/${name}` }).toString()),
      );
      await page.getByRole('dialog').getByText(/ of /).waitFor();
      await page.locator('.picture-dialog canvas').waitFor();
    }
    await keepPicture(page, 'data-hostile');
    expect([obeyed, await page.locator('main img, main script').count(), complaints]).toEqual([false, 0, []]);
    await page.close();
  });

  it('a folder that is gone while it is shown is told with its code, and a data set that is none too', async () => {
    await test.tiny.writeData('leaving');
    const { id } = await opened(test, { path: 'leaving' });
    const { records } = await test.get<RecordsPage>(`/datasets/${id}/records?limit=1`);
    renameSync(test.tiny.path('leaving'), test.tiny.path('left'));
    const refusal = await test.refusal(`/datasets/${id}/picture?record=${encodeURIComponent(records[0]!.id)}`);
    expect(refusal.code).toBe('CHROMARAY_IMAGE_MISSING');
    expect(refusal.message).not.toContain(test.tiny.folder);
    const { page } = await browser.visit(dataAddress(test, 'path=leaving'));
    await page.getByText('CHROMARAY_WEB_NOT_FOUND').waitFor();
    await keepPicture(page, 'data-gone');
    await page.getByRole('link', { name: 'Choose another data set' }).click();
    await page.getByRole('link', { name: 'left', exact: true }).waitFor();
    await page.close();
  });
});
