import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runStudy } from '@chromaray/study';
import { browserNeeded, browserProgram, type OpenPage, ReadersBrowser } from '@chromaray/testing/browser';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { keepPicture } from './looks.test-support.js';
import { TestWorkbench } from './workbench.test-support.js';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describe.skipIf(browserProgram === undefined)(`a page that was saved${browserNeeded}`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-saved-'));
  let test: TestWorkbench;
  let browser: ReadersBrowser;
  beforeAll(async () => {
    test = await TestWorkbench.open();
    await runStudy(test.tiny.studyFile(), { studies: test.tiny.path('studies') });
    browser = await ReadersBrowser.start({ graphics: true });
  });
  afterAll(async () => {
    await browser?.stop();
    await test?.close();
    rmSync(folder, { recursive: true });
  });

  async function saved(address: string, ready: string, button: string): Promise<{ html: string; seen: string }> {
    const { page } = await browser.visit(test.server.url);
    await page.goto(`${test.server.origin}${address}`);
    await page.locator(ready).first().waitFor();
    const seen = await page.locator('main').innerText();
    await page.getByText('Save page').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    const html = readFileSync(await download.path(), 'utf8');
    await page.close();
    return { html, seen };
  }

  const open = (html: string): Promise<OpenPage> => browser.open(html, 1280, { policy: true });

  it.each([
    ['/', 'table'],
    ['/studies/tiny?part=training', '.plot'],
    ['/studies/tiny?part=verdict', '.paper svg'],
    ['/studies/tiny?part=models', '.confusion'],
    ['/study-file?file=study.yaml', ':text("The study file is right")'],
  ])('%s shows the same from a file, asks for nothing and runs nothing', async (address, ready) => {
    const { html, seen } = await saved(address, ready, 'With its pictures');
    expect(html).not.toMatch(/<script|<link|<iframe|\son\w+=|\sstyle="|javascript:|https?:\/\/127/i);
    const { page, complaints, requests } = await open(html);
    expect([complaints, requests]).toEqual([[], []]);
    expect((await page.locator('main').innerText()).replace(/\s+/g, ' ')).toBe(seen.replace(/\s+/g, ' '));
    const live = await page.locator('main svg').count();
    if (ready === '.plot') expect(live).toBeGreaterThan(1);
    await keepPicture(page, `saved-${address.replace(/\W+/g, '-')}`);
    await page.close();
  });

  it('lets no other style or script in than what was saved', async () => {
    const { html } = await saved('/', 'table', 'With its pictures');
    const forged = html.replace(
      '</body>',
      '<script>document.title = "other"</script><style>body{color:red}</style></body>',
    );
    const { page, complaints } = await open(forged);
    expect(await page.title()).not.toBe('other');
    expect(complaints.join()).toMatch(/Content Security Policy/);
    await page.close();
  });
});
