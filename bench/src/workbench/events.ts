import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { Server } from './server.js';
import { tinyStudy } from './tiny-study.js';

/** Delays that are measured; the study has far more events, and is stopped then. */
const enough = 100;

/** Milliseconds from the moment at which a running study writes an event until the next frame of a page that follows it. */
export async function measureEvents(browser: Browser, server: Server, folder: string): Promise<object> {
  const name = 'events';
  writeFileSync(path.join(folder, `${name}.yaml`), await tinyStudy(folder, name, 1, 1000));
  rmSync(path.join(folder, 'studies', name), { recursive: true, force: true });
  await server.ask('/studies/start', { file: `${name}.yaml` });
  const page = await browser.newPage();
  await page.goto(server.url);
  const delays = await page.evaluate<readonly number[]>(`new Promise((resolve) => {
    const delays = [];
    const source = new EventSource('/api/studies/${name}/events');
    const opened = Date.now();
    source.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      requestAnimationFrame(() => {
        // What was written before the page came is replayed, and says nothing of the delay.
        if (Date.parse(event.at) > opened + 1000) delays.push(Date.now() - Date.parse(event.at));
        if (event.kind === 'run-ended' || delays.length === ${enough}) {
          source.close();
          resolve(delays);
        }
      });
    };
  })`);
  await page.close();
  await server.ask(`/studies/${name}/stop`, {});
  const sorted = [...delays].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
  return { events: delays.length, medianEventMs: at(0.5), event95Ms: at(0.95) };
}
