import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** Linux counts in hundredths of a second, whatever the machine. */
const millisecondsPerTick = 10;

/** Processor time of a process in user and system mode, all its threads together: on a busy machine, what the clock hides. */
export function processorMillisecondsOf(pid: number): number {
  // The name stands in brackets and may hold spaces; user and system time are the 12th and 13th field after it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
}

/** Processes that show pages, the one that has used the processor most first. */
export async function renderersOf(browser: Browser): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  return renderers.sort((a, b) => processorMillisecondsOf(b) - processorMillisecondsOf(a));
}
