/**
 * Measures the workbench in a browser: `npm run bench:workbench`; see bench/README.md.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from '@chromaray/pages';
import { Command, Option } from 'commander';
import { chromium } from 'playwright-core';
import { measureEvents } from './events.js';
import { measurePage } from './page.js';
import { pageWeight } from './page-weight.js';
import { startServer } from './server.js';
import { measureTrials } from './trials.js';
import { writeSet } from './write-set.js';

interface Options {
  readonly source: string;
  readonly target: string;
  readonly records: number;
  readonly rounds: number;
}

const program = new Command('bench:workbench')
  .description('start, first content, scrolling, memory, weight, delay of events and tables of trials')
  .option('--source <dir>', 'the Kermany set', '../shared/data/chest_xray')
  .option('--target <dir>', 'where the set is written, unless it is there', '/tmp/chromaray-workbench')
  .addOption(new Option('--records <n>', 'pictures of the set').default(20_000).argParser(Number))
  .addOption(new Option('--rounds <n>', 'starts of the server').default(5).argParser(Number))
  .action(async ({ source, target, records, rounds }: Options) => {
    await writeSet(source, path.join(target, 'chest_xray'), records);
    const [starts, processor]: [number[], number[]] = [[], []];
    for (let i = 0; i < rounds; i++) {
      const { server, milliseconds } = await startServer(target);
      starts.push(milliseconds);
      processor.push(server.processorMilliseconds());
      await server.stop();
    }
    const median = (values: number[]) => Math.round(values.sort((a, b) => a - b)[Math.floor(rounds / 2)]!);
    print({ startOfServerMs: median(starts), startOfServerProcessorMs: median(processor) });
    print({ pageScriptsGzipKB: pageWeight() });
    const { server } = await startServer(target);
    // The tests' browser has no sandbox either: containers have no user namespaces.
    const browser = await chromium.launch({ executablePath: findBrowser()!, args: ['--no-sandbox'] });
    try {
      // As if it had never been read.
      rmSync(path.join(target, 'studies', '.cache'), { recursive: true, force: true });
      print(await measurePage(browser, server, 'chest_xray'));
      for (const trials of [100, 500]) print(await measureTrials(browser, server, target, trials));
      print(await measureEvents(browser, server, target));
    } finally {
      await browser.close();
      await server.stop();
    }
  });

await program.parseAsync();

function print(what: object): void {
  console.log(JSON.stringify(what));
}
