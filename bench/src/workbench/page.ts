import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { processorMillisecondsOf } from './processor-time.js';
import type { Server } from './server.js';

/** Seconds of scrolling, and pixels a frame: a page of the screen in a quarter of a second. */
const [seconds, step] = [15, 60];

/**
 * First content, frames while a large data set is scrolled, memory of the page then.
 *
 * @param study whose data set it is: it is read and drawn, and not audited
 */
export async function measurePage(browser: Browser, server: Server, study: string): Promise<object> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(server.url);
  const firstContentMs = await paint(page);
  const opened = performance.now();
  const { id } = await server.ask<{ id: string }>('/datasets/open', { study });
  await drawn(server, id);
  const openSeconds = (performance.now() - opened) / 1000;
  await page.goto(`${server.origin}/data?study=${study}`);
  const gridFirstContentMs = await paint(page);
  const cell = page.getByRole('gridcell', { name: /jpe?g/ }).first();
  await cell.waitFor({ timeout: 120_000 });
  const gridReadyMs = await page.evaluate<number>('performance.now()');
  const renderer = await rendererOf(browser);
  const before = processorMillisecondsOf(renderer);
  const frames = await page.evaluate<readonly number[]>(scroll);
  const processor = processorMillisecondsOf(renderer) - before;
  const sorted = [...frames].sort((a, b) => a - b);
  const at = (share: number): number => Number(sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1));
  await wait(1000);
  const cells = await page.getByRole('gridcell').count();
  const memory = memoryOf(renderer);
  await page.close();
  return {
    ...{
      firstContentMs,
      gridFirstContentMs,
      gridReadyMs: Math.round(gridReadyMs),
      openSeconds: Number(openSeconds.toFixed(1)),
    },
    ...{ frames: frames.length, medianFrameMs: at(0.5), frame95Ms: at(0.95), cellsDrawn: cells, pageMemoryMB: memory },
    processorMsPerFrame: Number((processor / frames.length).toFixed(1)),
  };
}

/** Milliseconds from the request until the page shows something. */
async function paint(page: Page): Promise<number> {
  const found = await page.waitForFunction<number>(
    "performance.getEntriesByName('first-contentful-paint')[0]?.startTime",
  );
  return Math.round(await found.jsonValue());
}

const scroll = `new Promise((resolve) => {
  const frames = [];
  const end = performance.now() + ${1000 * seconds};
  let last = performance.now();
  const next = (now) => {
    frames.push(now - last);
    last = now;
    scrollBy(0, ${step});
    if (now < end) requestAnimationFrame(next);
    else resolve(frames.slice(1));
  };
  requestAnimationFrame(next);
})`;

async function drawn(server: Server, id: string): Promise<void> {
  for (;;) {
    const state = await server.ask<{ drawn: boolean; error: { message: string } | null }>(`/datasets/${id}`);
    if (state.error !== null) throw new Error(state.error.message);
    if (state.drawn) return;
    await wait(500);
  }
}

/** The renderer that has used the processor most: that of the page. */
async function rendererOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  return renderers.sort((a, b) => processorMillisecondsOf(b) - processorMillisecondsOf(a))[0]!;
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
