import { existsSync, readdirSync } from 'node:fs';
import { studyFolder } from '@chromaray/store';
import {
  accessibilityFaults,
  browserNeeded,
  browserProgram,
  type OpenPage,
  ReadersBrowser,
  widthOf,
} from '@chromaray/testing/browser';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { keepPicture } from './looks.test-support.js';
import { TestWorkbench } from './workbench.test-support.js';

// A study is trained, on machines that may be busy.
const patience = 240_000;
vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000 });

let test: TestWorkbench;
beforeAll(async () => {
  test = await TestWorkbench.open({ study: false });
  await test.tiny.writeData('chest', { duplicatesAcrossParts: 2 });
});
afterAll(() => test.close());

describe.skipIf(browserProgram === undefined)(`somebody who types no command${browserNeeded}`, () => {
  let browser: ReadersBrowser;
  let page: OpenPage['page'];
  let complaints: readonly string[];
  beforeAll(async () => {
    browser = await ReadersBrowser.start({ graphics: true });
    ({ page, complaints } = await browser.visit(test.server.url));
    page.setDefaultTimeout(patience);
  });
  afterAll(() => browser?.stop());
  // What the page says where a step did not come about.
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.log(await page.locator('main').innerText());
  });

  /** The page as it stands, on a screen and on a phone: nothing too wide, no fault of access. */
  async function looks(name: string): Promise<void> {
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await expect.poll(() => widthOf(page), { timeout: 10_000 }).toBe(width);
      expect(await accessibilityFaults(page), `${name} at ${width}`).toEqual([]);
      await keepPicture(page, `newcomer-${name}-${width}`);
    }
  }
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const link = (name: string | RegExp) => page.getByRole('link', { name, exact: true });

  it('finds the planted copies in a data set and excludes them', async () => {
    await page.getByText('No study has been run in this folder').waitFor();
    await looks('home-empty');
    await link('Data').click();
    await link('chest').click();
    await page.getByRole('gridcell').first().waitFor();
    await looks('data');
    await page.getByRole('link', { name: 'Audit' }).click();
    const finding = page.getByRole('link', { name: /Show the evidence of 2 pictures in more than one part/ }).first();
    await finding.waitFor();
    await looks('audit');
    await finding.click();
    await expect.poll(() => page.locator('.pair canvas').count(), { timeout: patience }).toBe(2);
    await looks('pair');
    await button(/^Exclude all 2 copies/).click();
    await page.getByText('Excluded', { exact: true }).first().waitFor();
    await page.getByRole('link', { name: 'Exclusions' }).click();
    await page.getByText('exclude: exclude.csv').waitFor();
    await looks('exclusions');
  });

  it('writes a study file by its form, is told at the field what is wrong, and plans', async () => {
    await link('Home').click();
    await link('New study').click();
    await page.getByLabel('Data set').selectOption('chest');
    await looks('begin');
    await page.getByLabel('Study file to write').fill('first.yaml');
    await button('Write the study file').click();
    await page.getByRole('heading', { name: 'first.yaml' }).waitFor();
    await page.getByText('The study file is right.').waitFor();
    const form = page.getByRole('region', { name: 'Form' });
    // Sections by the keys that they are called by; the first of the name is the study's, those of arms come after `balance`.
    const section = (name: string) =>
      form.locator('> .fields > details').filter({ has: page.locator(`> summary:text-matches("^${name}\\\\b")`) });
    const give = async (name: string, key: string, value: string): Promise<void> => {
      const within = section(name);
      if ((await within.getAttribute('open')) === null) await within.locator('> summary').click();
      const field = within.locator('> .fields > .field').getByLabel(key, { exact: true });
      if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value);
      else {
        await field.fill(value);
        await field.press('Enter');
      }
    };
    await section('dataset').getByText('name of the positive class').waitFor();
    await give('dataset', 'exclude', 'exclude.csv');
    await give('image', 'size', '32');
    await give('model', 'preset', 'small');
    await give('training', 'batch', '8');
    await give('training', 'epochs', '0');
    const epochs = section('training').getByLabel('epochs', { exact: true });
    await expect.poll(() => epochs.getAttribute('aria-invalid'), { timeout: 20_000 }).toBe('true');
    await section('training').locator('.bad', { hasText: 'epochs' }).first().waitFor();
    await looks('study-file-wrong');
    await give('training', 'epochs', '40');
    await expect.poll(() => epochs.getAttribute('aria-invalid'), { timeout: 20_000 }).toBeNull();
    const removals = form.getByRole('button', { name: /^Remove arms/ });
    while ((await removals.count()) > 2) await removals.nth(1).click();
    const seeds = form.getByLabel('seeds', { exact: true });
    await seeds.fill('[1, 2]');
    await seeds.press('Enter');
    await page.getByText('The study file is right.').waitFor();
    await button('Save').click();
    await page.getByText('Saved.').first().waitFor();
    await button('Plan').first().click();
    await page.getByText('Minimum detectable difference').waitFor();
    await looks('plan');
  });

  it('trains it, watches it live and reads the verdict', async () => {
    await button('Train').click();
    await page.getByRole('heading', { name: 'first', exact: true }).waitFor();
    await page
      .getByText(/after epoch \d+\./)
      .first()
      .waitFor({ state: 'attached' });
    await looks('live');
    await page.getByText('Concluded', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Verdict' }).click();
    await page.locator('.paper svg').first().waitFor();
    await looks('verdict');
    await link('Home').click();
    await page.getByRole('cell', { name: /Concluded/ }).waitFor();
    await looks('home');
    await link('first').click();
    await page.getByRole('link', { name: 'Models' }).click();
    await page.locator('.confusion').first().waitFor();
    await looks('models');
  });

  it('opens the case that arms disagree on, and moves the window', async () => {
    await page.getByRole('link', { name: 'Cases' }).click();
    await page.getByLabel(/^Sort/).selectOption('disagreement');
    await page.getByRole('row').nth(1).waitFor();
    await looks('cases');
    const shown = page.getByRole('row').nth(1).getByRole('link').first();
    await shown.click();
    const viewer = page.getByRole('application').first();
    await viewer.locator('canvas').waitFor();
    await looks('case');
    const box = (await viewer.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 40, box.y + box.height / 2 + 30, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => new URL(page.url()).search, { timeout: 20_000 }).toMatch(/w/);
    await looks('case-window');
  });

  it('drops an X-ray on a model', async () => {
    await link('Try a model').click();
    await page.getByRole('combobox', { name: 'Study' }).selectOption('first');
    await page.getByRole('combobox', { name: 'Arm' }).selectOption({ index: 1 });
    await page.getByText(/: small, 32 × 32 pixels/).waitFor();
    const folder = test.tiny.path('chest', 'test', 'NORMAL');
    const file = readdirSync(folder).sort()[0]!;
    await page
      .getByRole('region', { name: 'Drop an X-ray' })
      .locator('input')
      .setInputFiles(test.tiny.path('chest', 'test', 'NORMAL', file));
    await page.getByText('Worked out in this page').waitFor();
    await looks('try');
    expect(existsSync(studyFolder(test.tiny.path('studies'), 'first').verdict)).toBe(true);
    expect([complaints, test.defects, test.wrong]).toEqual([[], [], []]);
    for (const route of ['GET /study-files/data', 'POST /study-files/begin', 'POST /study-files/plan-live'])
      expect(test.asked).toContain(route);
  });
});
