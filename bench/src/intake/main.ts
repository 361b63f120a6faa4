/**
 * Measures what happens to pictures before training: `npm run bench:intake -- <what>`; see bench/README.md.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeDataset } from '@chromaray/data';
import { buildPack } from '@chromaray/imaging';
import { Command, Option } from 'commander';
import { contenders, measureColorizer } from './colorizers.js';
import { measureColourMaps } from './colour-maps.js';
import { type CopiesOptions, measureCopies } from './copies/measure-copies.js';
import { makeLargeSet } from './make-large-set.js';
import { recallOf } from './recall.js';
import { measureScale, type ScaleOptions, steps } from './scale.js';
import { timed } from './timed.js';

const data = '../shared/data';

const program = new Command('bench:intake').description('what pictures cost before training');

program
  .command('colour-maps')
  .description('full-size JPEGs read, decoded, reduced and coloured')
  .option('--pictures <dir>', 'full-size JPEGs', `${data}/originals`)
  .addOption(new Option('--size <pixels>', 'training size').default(128).argParser(Number))
  .addOption(new Option('--rounds <n>', 'measured rounds').default(9).argParser(Number))
  .action(async ({ pictures, size, rounds }: { pictures: string; size: number; rounds: number }) => {
    print(await measureColourMaps(pictures, size, rounds));
  });

program
  .command('colorizers')
  .description('colorizing networks beside the bare ONNX Runtime session, in turns')
  .option('--pictures <dir>', 'full-size JPEGs', `${data}/originals`)
  .addOption(new Option('--rounds <n>', 'measured rounds').default(5).argParser(Number))
  .action(async ({ pictures, rounds }: { pictures: string; rounds: number }) => {
    for (const contender of contenders) print(await measureColorizer(pictures, contender, rounds));
  });

program
  .command('large-set')
  .description('a large set with planted copies, described and audited from the command line')
  .option('--source <dir>', 'the Kermany set', `${data}/chest_xray`)
  .option('--target <dir>', 'where the set is written, unless it is there', '/tmp/chromaray-large-set')
  .addOption(new Option('--records <n>', 'its size').default(20_000).argParser(Number))
  .action(async ({ source, target, records }: { source: string; target: string; records: number }) => {
    const set = path.join(target, 'set');
    if (!existsSync(`${set}-planted.json`)) await makeLargeSet(source, set, records);
    const cache = { ...process.env, XDG_CACHE_HOME: path.join(target, `cache-${process.pid}`) };
    const run = (...args: string[]) => timed(['packages/cli/bin/chromaray.js', 'data', ...args], cache);
    const pack = () => timed([fileURLToPath(import.meta.url), 'pack', set], cache);
    print({ describe: run('describe', set, '--json') });
    print({ describeAgain: run('describe', set, '--json') });
    print({ pack: pack() });
    print({ audit: run('audit', set, '--out', path.join(target, 'audit')) });
    // Without reading the pictures, which the descriptions before it have remembered.
    const { seconds } = JSON.parse(readFileSync(path.join(target, 'audit/audit.json'), 'utf8')) as { seconds: number };
    print({ secondsOfAllChecks: seconds });
    print(recallOf(`${set}-planted.json`, path.join(target, 'audit/audit.json')));
  });

program
  .command('copies')
  .description('recall of the audit by kind of copy, planted between training and test')
  .option('--source <dir>', 'the Kermany set', `${data}/chest_xray`)
  .option('--target <dir>', 'where the set is written, unless it is there', '/tmp/chromaray-copies')
  .addOption(new Option('--originals <n>', 'X-rays taken from the source').default(2300).argParser(Number))
  .addOption(new Option('--each <n>', 'copies of each kind').default(20).argParser(Number))
  .option('--seed <text>', 'which X-rays are copied how', 'copies')
  .action(async (options: CopiesOptions) => {
    const { byKind, ...others } = await measureCopies(options);
    for (const line of byKind) print(line);
    print(others);
  });

program
  .command('scale')
  .description('time and memory of describe, audit, pack and plan as data sets grow, and of a study of many trials')
  .option('--target <dir>', 'where the sets are written, unless they are there', '/tmp/chromaray-scale')
  .addOption(new Option('--pictures <list>', 'sizes of data sets').default([20_000, 100_000]).argParser(numbers))
  .addOption(new Option('--rows <n>', 'rows of a CSV manifest').default(200_000).argParser(Number))
  .addOption(new Option('--trials <n>', 'trials of a study').default(100).argParser(Number))
  .option('--steps <list>', `of ${steps.join(', ')}`, (text) => text.split(','), [...steps])
  .action(async (options: ScaleOptions) => {
    await measureScale(options, print);
  });

program
  .command('pack')
  .description('the pack of a whole data set at training size')
  .argument('<dir>', 'one folder a class')
  .addOption(new Option('--size <pixels>', 'training size').default(128).argParser(Number))
  .action(async (directory: string, { size }: { size: number }) => {
    const target = mkdtempSync(path.join(os.tmpdir(), 'chromaray-bench-'));
    const { records } = await describeDataset({
      path: directory,
      cacheDirectory: path.join(process.env.XDG_CACHE_HOME ?? target, 'chromaray'),
    });
    const { pack } = await buildPack({ directory: target, items: records, size });
    print({ pictures: pack.shape[0], bytes: statSync(pack.file!).size });
    pack.close();
    rmSync(target, { recursive: true, force: true });
  });

function numbers(text: string): readonly number[] {
  return text.split(',').map(Number);
}

function print(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

await program.parseAsync();
