import { existsSync } from 'node:fs';
import path from 'node:path';
import { ChromarayError, childEntry } from '@chromaray/base';
import { runToEnd } from '../contender.js';
import { median } from '../measurement.js';
import type { Network } from '../networks.js';
import { waysOf } from '../ourselves.js';
import { peerScript } from '../peers/peer.js';
import { findKeras } from '../peers/python.js';
import { formatSpread, type Spread } from '../table.js';
import type { TargetMeasurement, TargetRun, TargetTask } from './task.js';

export interface TargetOptions {
  readonly data: string;
  readonly positive: string;
  readonly model: Network;
  readonly size: number;
  readonly target: number;
  readonly seeds: readonly number[];
  readonly epochs: number;
  readonly batch: number;
  readonly threads: number;
  readonly backends: readonly string[];
  readonly limit: number;
  readonly json: boolean;
}

/** One who races: Chromaray on one of its ways, or Keras. */
interface Racer {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly variant: object;
}

const say = (text: string) => process.stderr.write(`${text}\n`);
const keras = 'keras';

/**
 * How long a user waits for a network that is good enough: the same recipe by turns here and in Keras, timed from
 * the start of the process.
 *
 * @throws ChromarayError `CHROMARAY_BENCH_DATA` when the folder is not there
 */
export async function timeToTarget(options: TargetOptions): Promise<void> {
  const data = path.resolve(options.data);
  if (!existsSync(path.join(data, 'train')) || !existsSync(path.join(data, 'test'))) throw noData(data);
  const racers = await racersOf(options);
  const runs = new Map<string, TargetRun[]>(racers.map(({ name }) => [name, []]));
  for (const seed of options.seeds) {
    for (const racer of racers) {
      const { positive, target, epochs, batch, threads } = options;
      const network = { ...options.model, size: options.size, channels: 1 as const };
      const task: TargetTask = { network, data, seed, positive, target, epochs, batch, threads };
      const { output, seconds } = await runToEnd(racer, { ...task, ...racer.variant }, options.limit);
      const run = { seed, seconds, ...(JSON.parse(output) as TargetMeasurement) };
      runs.get(racer.name)!.push(run);
      say(`seed ${seed}: ${racer.name} ${describeRun(run, target)}`);
    }
  }
  if (options.json)
    process.stdout.write(`${JSON.stringify({ ...options, runs: Object.fromEntries(runs) }, null, 2)}\n`);
  else process.stdout.write(`${formatRuns(runs, options)}\n`);
}

async function racersOf({ backends }: TargetOptions): Promise<readonly Racer[]> {
  const found = await findKeras(say);
  if ('missing' in found) say(`${keras} is missing: ${found.missing}`);
  const { file, execArgv } = childEntry(import.meta.url, './chromaray-target-process');
  const ours = backends.map((name) => ({
    name,
    command: process.execPath,
    arguments: [...execArgv, file],
    variant: waysOf(name),
  }));
  if ('missing' in found) return ours;
  return [{ name: keras, command: found.python, arguments: [peerScript('keras_target.py')], variant: {} }, ...ours];
}

function reaches({ aurocs }: TargetRun, target: number): boolean {
  return (aurocs.at(-1) ?? 0) >= target;
}

function describeRun(run: TargetRun, target: number): string {
  const { aurocs, seconds } = run;
  const best = Math.max(...aurocs).toFixed(4);
  return reaches(run, target)
    ? `${seconds.toFixed(1)} s, ${aurocs.length} epochs, AUROC ${best}`
    : `not reached in ${aurocs.length} epochs and ${seconds.toFixed(1)} s, best AUROC ${best}`;
}

function formatRuns(runs: ReadonlyMap<string, readonly TargetRun[]>, options: TargetOptions): string {
  const { target } = options;
  const reference = runs.get(keras);
  const lines = [...runs].flatMap(([name, own]) => {
    const ratios = reference?.flatMap((run, i) =>
      reaches(run, target) && reaches(own[i]!, target) ? [run.seconds / own[i]!.seconds] : [],
    );
    const spread: Spread | undefined =
      ratios === undefined || ratios.length === 0
        ? undefined
        : [median(ratios), Math.min(...ratios), Math.max(...ratios)];
    const seconds = median(own.map((run) => run.seconds)).toFixed(1);
    return [
      `${name}: median ${seconds} s; times faster than ${keras} ${formatSpread(spread)}; ${own[0]!.version}`,
      ...own.map((run) => `  seed ${run.seed}: ${describeRun(run, target)}`),
    ];
  });
  const { model, size, batch, threads } = options;
  return [`AUROC ${target} with ${model.preset} at ${size} px, batch ${batch}, ${threads} threads`, ...lines].join(
    '\n',
  );
}

function noData(data: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_BENCH_DATA',
    message: `${data} has no folders train and test.`,
    remedy: "Name a data set in Kaggle's layout with --data.",
    details: { data },
  });
}
