import path from 'node:path';
import { parseStudyFile, runStudy } from '@chromaray/study';
import type { Browser } from 'playwright-core';
import { processorMillisecondsOf, renderersOf } from './processor-time.js';
import type { Server } from './server.js';
import { tinyStudy } from './tiny-study.js';

/** The page of a study with so many trials planned: until its table is there, and how long changing its page of rows takes. */
export async function measureTrials(browser: Browser, server: Server, folder: string, trials: number): Promise<object> {
  const name = `trials-${trials}`;
  await plan(folder, name, trials);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await page.goto(server.url);
    const before = await processorMilliseconds(browser, server);
    await page.goto(`${server.origin}/studies/${name}`);
    await page.getByRole('cell', { name: 'gray' }).first().waitFor({ timeout: 60_000 });
    const tableMs = Math.round(await page.evaluate<number>('performance.now()'));
    const tableProcessorMs = (await processorMilliseconds(browser, server)) - before;
    const rows = await page.locator('tbody tr').count();
    const next = page.getByRole('navigation', { name: /trials/ }).getByRole('button', { name: 'Next' });
    const clicked = performance.now();
    await next.click();
    await page.getByText(/51 to 100/).waitFor();
    return {
      ...{ trials, tableMs, tableProcessorMs, rowsDrawn: rows },
      nextRowsMs: Math.round(performance.now() - clicked),
    };
  } finally {
    await page.close();
  }
}

/** A study whose trials are planned, and that was stopped as the first one began. */
async function plan(folder: string, name: string, trials: number): Promise<void> {
  const text = await tinyStudy(folder, name, trials / 2, 1);
  const study = parseStudyFile(text, path.join(folder, `${name}.yaml`));
  const stop = new AbortController();
  await runStudy(study, {
    studies: path.join(folder, 'studies'),
    signal: stop.signal,
    onEvent: ({ kind }) => kind.startsWith('trial-') && stop.abort(),
  }).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
}

/** Of the server and of all that shows pages. */
async function processorMilliseconds(browser: Browser, server: Server): Promise<number> {
  const shown = (await renderersOf(browser)).map(processorMillisecondsOf);
  return shown.reduce((sum, one) => sum + one, server.processorMilliseconds());
}
