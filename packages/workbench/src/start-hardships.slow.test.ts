import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { browserNeeded, browserProgram, ReadersBrowser } from '@chromaray/testing/browser';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { folderOf, tabOn } from './hardships.test-support.js';
import { TestWorkbench } from './workbench.test-support.js';

/** Milliseconds: processes begin, on machines that may be busy. */
const patience = 200_000;
vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

const canLimit = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0;

let test: TestWorkbench;
beforeAll(async () => {
  test = await TestWorkbench.open();
});
afterAll(() => test.close());

describe.skipIf(browserProgram === undefined)(`hard times while a study starts and runs${browserNeeded}`, () => {
  let browser: ReadersBrowser;
  beforeAll(async () => {
    browser = await ReadersBrowser.start();
  });
  afterAll(() => browser?.stop());

  it('two tabs start the same study: one runs it, the other says who does', async () => {
    test.tiny.writeStudyFile({ epochs: 300 });
    const tabs = [
      await tabOn(browser, test, '/study-file?file=study.yaml'),
      await tabOn(browser, test, '/study-file?file=study.yaml'),
    ];
    await Promise.all(
      tabs.map(async (tab) => {
        await tab.getByText('The study file is right.').waitFor();
        await tab.getByRole('button', { name: 'Train' }).click();
      }),
    );
    const ended = await Promise.all(
      tabs.map((tab) =>
        Promise.race([
          tab
            .getByText('CHROMARAY_STUDY_RUNNING')
            .waitFor({ timeout: patience })
            .then(() => 'refused'),
          tab
            .getByRole('heading', { name: 'tiny' })
            .waitFor({ timeout: patience })
            .then(() => 'shown'),
        ]),
      ),
    );
    expect(ended.sort()).toEqual(['refused', 'shown']);
    await test.post('/studies/tiny/stop');
    await test.eventsUntil('tiny', 'run-ended');
    for (const tab of tabs) await tab.close();
    await expect.poll(() => existsSync(folderOf(test, 'tiny').root), { timeout: 10_000 }).toBe(true);
    rmSync(folderOf(test, 'tiny').root, { recursive: true });
    test.tiny.writeStudyFile();
  });

  it('a verdict that is looked for too early is shown when it is there; a run that is killed is shown as ended', async () => {
    test.tiny.writeStudyFile({ epochs: 150 });
    const { pid } = await test.post<{ pid: number }>('/studies/start', { file: 'study.yaml' });
    const page = await tabOn(browser, test, '/studies/tiny?part=verdict');
    await page.getByText('CHROMARAY_WEB_NOT_FOUND').waitFor();
    await test.eventsUntil('tiny', 'epoch-done');
    process.kill(pid, 'SIGKILL');
    await page.getByText('Interrupted', { exact: true }).waitFor({ timeout: patience });
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Concluded', { exact: true }).waitFor({ timeout: patience });
    await page.locator('.paper svg').first().waitFor({ timeout: patience });
    await page.close();
    rmSync(folderOf(test, 'tiny').root, { recursive: true });
    test.tiny.writeStudyFile();
  });
});

describe.skipIf(!canLimit)('a disk that is full while a study starts (needs prlimit)', () => {
  it('is told as such, and the study can be started once there is room', async () => {
    const code = `import { openWorkbench } from ${JSON.stringify(path.resolve(import.meta.dirname, 'index.ts'))};
const server = await openWorkbench({ open: ${JSON.stringify(test.tiny.folder)}, onDefect: console.error });
console.log(JSON.stringify({ origin: server.origin, token: server.token }));`;
    const args = ['--conditions=chromaray-source', '--import', 'tsx', '--input-type=module', '-e', code];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const line = await new Promise<string>((resolve) =>
        child.stdout.once('data', (text: Buffer) => resolve(text.toString())),
      );
      const other = JSON.parse(line) as { origin: string; token: string };
      const start = async (): Promise<Response> =>
        fetch(`${other.origin}/api/studies/start`, {
          method: 'POST',
          headers: { Authorization: `Bearer ${other.token}`, 'Content-Type': 'application/json' },
          body: JSON.stringify({ file: 'study.yaml' }),
        });
      execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=4096:']);
      const refused = await start();
      const error = (await refused.json()) as { code: string; message: string; remedy: string };
      expect([refused.status, error.code], JSON.stringify(error)).toEqual([422, expect.stringMatching(/^CHROMARAY_/)]);
      expect(error.code).not.toBe('CHROMARAY_DEFECT');
      expect(error.remedy).not.toBe('');
      execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited:']);
      expect((await start()).status).toBe(200);
      await expect
        .poll(async () => (await test.eventsUntil('tiny', 'run-ended')).at(-1), { timeout: 120_000 })
        .toMatchObject({ kind: 'run-ended', outcome: 'concluded' });
    } finally {
      child.kill('SIGKILL');
    }
  });
});
