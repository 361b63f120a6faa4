import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { processorMillisecondsOf, renderersOf } from './processor-time.js';
import type { Server } from './server.js';

/** Frames of scrolling, and pixels a frame: a page of the screen in a quarter of a second. */
const [frameCount, step] = [300, 60];
/** Places of the data set that are looked at before memory is measured: more blocks of pictures than the page keeps. */
const places = 60;

/**
 * First content, the first pictures of a large data set that was never read, frames while it is scrolled while it is
 * audited, memory of the page then.
 *
 * @param data path of the data set in the opened folder
 */
export async function measurePage(browser: Browser, server: Server, data: string): Promise<object> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(server.url);
  const firstContentMs = await paint(page);
  await page.goto(`${server.origin}/data?path=${data}`);
  const opened = performance.now();
  const gridFirstContentMs = await paint(page);
  const neverReadMs = await picturesReady(page);
  const { id } = await server.ask<{ id: string }>('/datasets/open', { path: data });
  const seconds = (): number => Math.round((performance.now() - opened) / 1000);
  await until(server, id, ({ facts }) => facts !== null && facts.hash !== null);
  const readSeconds = seconds();
  await until(server, id, ({ drawn }) => drawn);
  const drawnSeconds = seconds();
  await page.reload();
  const drawnMs = await picturesReady(page);
  const [renderer] = await renderersOf(browser);
  const before = processorMillisecondsOf(renderer!);
  const frames = await page.evaluate<readonly number[]>(scroll);
  const processor = processorMillisecondsOf(renderer!) - before;
  const sorted = [...frames].sort((a, b) => a - b);
  const at = (share: number): number => Number(sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1));
  for (let place = 1; place <= places; place++) {
    await page.evaluate(`scrollTo(0, ${place / places} * document.documentElement.scrollHeight)`);
    await picturesReady(page);
  }
  const cells = await page.getByRole('gridcell').count();
  const memory = memoryOf(renderer!);
  await page.close();
  return {
    ...{
      firstContentMs,
      gridFirstContentMs,
      neverReadMs,
      readSeconds,
      drawnSeconds,
      drawnMs,
    },
    ...{ frames: frames.length, medianFrameMs: at(0.5), frame95Ms: at(0.95), cellsDrawn: cells, pageMemoryMB: memory },
    processorMsPerFrame: Number((processor / frames.length).toFixed(1)),
  };
}

/** Milliseconds from the request until the page shows something. */
async function paint(page: Page): Promise<number> {
  const script = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime";
  // The page's policy refuses what would wait for it inside the page.
  for (;;) {
    const at = await page.evaluate<number | undefined>(script);
    if (at !== undefined) return Math.round(at);
    await wait(20);
  }
}

const scroll = `new Promise((resolve) => {
  const frames = [];
  let last = performance.now();
  const next = (now) => {
    frames.push(now - last);
    last = now;
    scrollBy(0, ${step});
    if (frames.length <= ${frameCount}) requestAnimationFrame(next);
    else resolve(frames.slice(1));
  };
  requestAnimationFrame(next);
})`;

/** Milliseconds from the address until the first screen has its thumbnails. */
async function picturesReady(page: Page): Promise<number> {
  await page.getByRole('gridcell', { name: /jpe?g/ }).first().waitFor({ timeout: 600_000 });
  return Math.round(await page.evaluate<number>('performance.now()'));
}

interface State {
  readonly facts: { readonly hash: string | null } | null;
  readonly drawn: boolean;
  readonly error: { readonly message: string } | null;
}

async function until(server: Server, id: string, isSo: (state: State) => boolean): Promise<void> {
  for (;;) {
    const state = await server.ask<State>(`/datasets/${id}`);
    if (state.error !== null) throw new Error(state.error.message);
    if (isSo(state)) return;
    await wait(500);
  }
}

/** Megabytes that a process has for itself alone. Linux. */
function memoryOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kB = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm)].reduce(
    (sum, [, one]) => sum + Number(one),
    0,
  );
  return Math.round(kB / 1024);
}
