import { availableParallelism } from 'node:os';
import { childEntry, isChromarayError, nearest } from '@chromaray/base';
import { describeBackends } from '@chromaray/engine';
import { Command, InvalidArgumentError } from 'commander';
import { type Contender, runContender } from './contender.js';
import type { Run, Task } from './measurement.js';
import { type Network, networks } from './networks.js';
import { peers, preparePeer } from './peers.js';
import { formatTable, summarise } from './table.js';

interface Options {
  readonly models: readonly Network[];
  readonly backends: readonly string[];
  readonly batch: number;
  readonly threads: number;
  readonly rounds: number;
  readonly steps: number;
  /** Names of peers; false for none. */
  readonly peers: readonly string[] | false;
  readonly json: boolean;
}

const say = (text: string) => process.stderr.write(`${text}\n`);

const peerNames = peers.map(({ name }) => name);

const program = new Command('bench')
  .description('Training steps side by side with PyTorch and Keras, on this machine')
  .option('--models <names>', `of ${networks.map(({ preset }) => preset).join(', ')}`, networksByName, [networks[0]!])
  .option('--backends <names>', "chromaray's backends", (text) => text.split(','), installedBackends())
  .option('--batch <n>', 'examples a step', positive, 32)
  .option('--threads <n>', 'CPU threads of every contender', positive, Math.min(2, availableParallelism()))
  .option('--rounds <n>', 'rounds; in each, every contender runs once', positive, 5)
  .option('--steps <n>', 'measured steps a round, after three to warm up', positive, 8)
  .option('--peers <names>', `of ${peerNames.join(', ')}`, peersByName, peerNames)
  .option('--no-peers', 'measure chromaray alone')
  .option('--json', 'print one JSON document instead of tables', false)
  .action((options: Options) => bench(options));

try {
  await program.parseAsync();
} catch (error) {
  if (!isChromarayError(error)) throw error;
  say(`${error.code}: ${error.message}\n${error.remedy}`);
  process.exitCode = 1;
}

async function bench(options: Options): Promise<void> {
  const contenders: Contender[] = [];
  const missing: { readonly peer: string; readonly reason: string }[] = [];
  for (const peer of peers) {
    if (options.peers === false || !options.peers.includes(peer.name)) continue;
    const prepared = await preparePeer(peer, say);
    if ('contender' in prepared) contenders.push(prepared.contender);
    else missing.push({ peer: peer.name, reason: prepared.missing });
  }
  for (const { peer, reason } of missing) say(`${peer} is missing: ${reason}`);
  contenders.push(...options.backends.map(chromaray));
  const reference = contenders.find(({ name }) => name === peers[0]!.name)?.name;

  const documents: unknown[] = [];
  for (const network of options.models) {
    const runs = await measure(network, contenders, options);
    const results = summarise(runs, options.batch, reference);
    documents.push({ model: network.preset, batch: options.batch, threads: options.threads, results });
    if (!options.json) {
      const title = `${network.preset}, batch ${options.batch}, ${options.threads} threads`;
      process.stdout.write(`${title}\n${formatTable(results, reference)}\n\n`);
    }
  }
  if (options.json) process.stdout.write(`${JSON.stringify({ missing, measurements: documents }, null, 2)}\n`);
}

/** All contenders by turns, so that whatever else the machine does meets all of them. */
async function measure(
  network: Network,
  contenders: readonly Contender[],
  options: Options,
): Promise<ReadonlyMap<string, readonly Run[]>> {
  const { batch, threads, rounds, steps } = options;
  const task: Task = { network, batch, threads, warmUp: 3, steps };
  const runs = new Map<string, Run[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const contender of contenders) {
      const run = await runContender(contender, task);
      runs.get(contender.name)!.push(run);
      say(
        `${network.preset} round ${round}/${rounds}: ${contender.name} ${(batch / run.secondsPerStep).toFixed(1)} images/s`,
      );
    }
  }
  const counts = new Set([...runs.values()].flatMap((own) => own.map(({ parameters }) => parameters)));
  if (counts.size > 1) say(`The contenders built different networks: ${[...counts].join(', ')} parameters.`);
  return runs;
}

function chromaray(backend: string): Contender {
  const { file, execArgv } = childEntry(import.meta.url, './chromaray-process');
  return { name: `chromaray ${backend}`, command: process.execPath, arguments: [...execArgv, file], backend };
}

function peersByName(text: string): readonly string[] {
  const chosen = text.split(',');
  if (chosen.every((name) => peerNames.includes(name))) return chosen;
  throw new InvalidArgumentError(`The peers are ${peerNames.join(', ')}.`);
}

function networksByName(text: string): readonly Network[] {
  const names = networks.map(({ preset }) => preset);
  return text.split(',').map((name) => {
    const network = networks.find(({ preset }) => preset === name);
    if (network !== undefined) return network;
    const suggestion = nearest(name, names);
    throw new InvalidArgumentError(
      suggestion === undefined ? `The models are ${names.join(', ')}.` : `Did you mean ${suggestion}?`,
    );
  });
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return value;
}

/** Every backend this machine can run. */
function installedBackends(): string[] {
  return describeBackends()
    .filter(({ available }) => available)
    .map(({ name }) => name);
}
