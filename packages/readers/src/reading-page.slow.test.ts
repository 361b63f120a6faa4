import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { accessibilityFaults, browserNeeded, browserProgram } from '@chromaray/testing/browser';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concludeReaders, readStudy } from './conclude/conclude.js';
import { readersStatus } from './conclude/status.js';
import { PageClient } from './demo/page-client.js';
import { BrowserReader, ratingOf, until } from './reading-browser.test-support.js';
import { SmallStudy } from './reading-study.test-support.js';

const arms =
  '[{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }, { name: viridis, colour: { map: viridis } }]';
const choices = { arms, perClass: 3, training: 1 };
const readers = ['R1', 'R2'];
const day = 86_400_000;
/** Where to leave pictures of the page, for somebody to look at. */
const shots = process.env.CHROMARAY_SHOTS;

let browser: Browser;
let disturbed: SmallStudy;
let quiet: SmallStudy;
let child: ChildProcess | undefined;
let links = new Map<string, string>();
let port = 0;

beforeAll(async () => {
  if (browserProgram === undefined) return;
  browser = await chromium.launch({ executablePath: browserProgram, args: ['--no-sandbox'] });
  [disturbed, quiet] = [await SmallStudy.create(), await SmallStudy.create()];
  for (const study of [disturbed, quiet]) {
    writeFileSync(path.join(study.folder, 'readers.yaml'), study.text(choices));
    await study.register(study.file(choices));
  }
});

afterAll(async () => {
  child?.kill('SIGKILL');
  await browser?.close();
  disturbed?.remove();
  quiet?.remove();
});

/** Starts the server in a process of its own, on the port that it had before. */
async function serve(ahead: number): Promise<void> {
  child = fork(
    path.join(import.meta.dirname, 'serve-process.test-support.ts'),
    [path.join(disturbed.folder, 'readers.yaml'), disturbed.studies, String(port), String(ahead)],
    { execArgv: ['--conditions=chromaray-source', '--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const [started] = (await once(child, 'message')) as [{ links: [string, string][]; port: number }];
  links = new Map(started.links);
  port = started.port;
}

async function kill(): Promise<void> {
  const gone = once(child!, 'exit');
  child!.kill('SIGKILL');
  await gone;
}

/** Lets the server write no file beyond the size of its log now; undefined lifts that. */
function limitFiles(bytes: number | undefined): void {
  execFileSync('prlimit', ['--pid', String(child!.pid), `--fsize=${bytes ?? 'unlimited'}:`]);
}

async function shoot(reader: BrowserReader, name: string): Promise<void> {
  if (shots !== undefined) await reader.page.screenshot({ path: path.join(shots, `reading-${name}.png`) });
}

async function newReader(name: string, width: number): Promise<BrowserReader> {
  const context = await browser.newContext({ viewport: { width, height: Math.round((width * 9) / 16) } });
  return new BrowserReader(name, await context.newPage());
}

/** The same answers without a browser and without disturbance. */
async function readQuietly(): Promise<void> {
  let ahead = 0;
  const server = await quiet.serve(quiet.file(choices), { now: () => Date.now() + ahead });
  const clients = await Promise.all(
    readers.map(async (name) => [name, await PageClient.open(server.links.get(name)!)] as const),
  );
  for (let session = 0; session < 3; session++) {
    for (const [name, client] of clients) {
      let state = session === 0 ? await client.takeSeat() : await client.state();
      if (state.phase === 'display') state = await client.checkDisplay();
      while (state.phase === 'reading' || state.phase === 'training') {
        const { gray, table } = await client.picture(state.picture!);
        state = (await client.answer(state.picture!, ratingOf(name, gray, table))).state;
      }
    }
    ahead += 29 * day;
  }
  await server.stop();
}

describe.skipIf(browserProgram === undefined)(`two readers on the real page, three arms${browserNeeded}`, () => {
  it('lose nothing when the page is closed, the server is killed and the disk is full', async () => {
    await serve(0);
    let first = await newReader('R1', 1280);
    await first.page.goto(links.get('R1')!);
    await first.page.waitForSelector('.corners');
    await shoot(first, 'display-1280');
    await first.open(links.get('R1')!);
    await shoot(first, 'practice-1280');
    await first.read(2);
    await first.enter();
    await shoot(first, 'answered-1280');
    expect(await accessibilityFaults(first.page)).toEqual([]);

    // The page is closed with an answer that was not confirmed: that one is given again.
    const { page } = first;
    await page.context().close();
    first = await newReader('R1', 1280);
    await first.open(links.get('R1')!);
    expect(first.done).toBe(2);

    // Loaded again: the same place, without another check of the display.
    await first.read(1);
    await first.reload();
    expect(first.phase).toBe('reading');
    expect(first.done).toBe(3);

    // The server is killed: the page keeps the answer and sends it by itself when there is a server again.
    const second = first;
    await second.enter();
    await kill();
    await second.page.keyboard.press('Enter');
    await second.page.getByText('The server cannot be reached').waitFor();
    await shoot(second, 'lost-1280');
    await serve(0);
    await until(() => second.done === 4);
    // The page hides its notice a moment after the server has answered.
    await second.page.locator('#notice').waitFor({ state: 'hidden' });

    // The disk is full: the page says so, stays where it is, and stores the answer when there is room.
    await second.enter();
    limitFiles(statSync(`${disturbed.paths.readings}-wal`).size);
    await second.page.keyboard.press('Enter');
    await second.page.getByText('It could not be stored').waitFor();
    await shoot(second, 'full-1280');
    const refusedAgain = second.page.waitForResponse((answer) => answer.url().endsWith('/api/answer') && !answer.ok());
    await second.page.getByRole('button', { name: 'Store again' }).click();
    await refusedAgain;
    expect(second.done).toBe(4);
    limitFiles(undefined);
    await second.page.getByRole('button', { name: 'Store again' }).click();
    await until(() => second.done === 5);
    await second.read();
    expect(second.phase).toBe('waiting');
    await shoot(second, 'waiting-1280');

    const other = await newReader('R2', 1920);
    await other.open(links.get('R2')!);
    await other.read(3);
    await shoot(other, 'reading-1920');
    await other.read();

    // A second window asks, takes over, and the first one stops.
    await kill();
    await serve(29 * day);
    const left = await newReader('R1', 1280);
    await left.page.goto(links.get('R1')!);
    await left.page.getByRole('heading', { name: 'This list is open in another window' }).waitFor();
    await shoot(left, 'window-1280');
    await left.page.getByRole('button', { name: 'Continue here' }).click();
    await until(() => left.phase === 'display');
    await left.checkDisplay();
    await left.read();
    await second.page.getByRole('button', { name: 'Look again' }).click();
    await second.page.getByRole('heading', { name: 'This list is open in another window' }).waitFor();
    const right = await newReader('R2', 1920);
    for (const [reader, name] of [[right, 'R2']] as const) {
      await reader.page.goto(links.get(name)!);
      await reader.page.getByRole('button', { name: 'Continue here' }).click();
      await until(() => reader.phase === 'display');
      await reader.checkDisplay();
      await reader.read();
    }
    await kill();
    await serve(58 * day);
    for (const reader of [left, right]) {
      await reader.reload();
      if (reader.phase === 'display') await reader.checkDisplay();
      await reader.read();
      expect(reader.phase).toBe('finished');
    }
    await shoot(right, 'finished-1920');
    await kill();

    await readQuietly();
    const [here, there] = [disturbed, quiet].map((study) => readStudy(study.file(choices), study.studies));
    const answers = (read: typeof here) =>
      read!.ratings
        .map(({ reader, treatment, case: name, rating }) => [reader, treatment, name, rating].join(' '))
        .sort();
    expect(answers(here)).toHaveLength(2 * 3 * 6);
    expect(answers(here)).toEqual(answers(there));
    const [disturbedResult, quietResult] = [concludeReaders(here!), concludeReaders(there!)];
    expect(disturbedResult.comparisons).toEqual(quietResult.comparisons);
    expect(disturbedResult.arms).toEqual(quietResult.arms);
    expect(disturbedResult.verdict).toBe(quietResult.verdict);
    const kinds = new Set(readersStatus(here!, Date.now() + 60 * day).deviations.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['interrupted', 'window']);
  }, 240_000);
});
