import { availableParallelism } from 'node:os';
import { nearest } from '@chromaray/base';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Clock, type Mode, modes } from './measurement.js';
import { type Network, networks } from './networks.js';
import { installedWays, ourNames } from './ourselves.js';
import { peers } from './peers/index.js';

export interface BenchOptions {
  readonly models: readonly Network[];
  readonly backends: readonly string[];
  readonly batch: readonly number[];
  readonly mode: readonly Mode[];
  readonly threads: number;
  readonly rounds: number;
  readonly steps: number;
  /** Names of peers; false for none. */
  readonly peers: readonly string[] | false;
  readonly limit: number;
  readonly clock: Clock;
  readonly weights: string;
  readonly json: boolean;
}

const peerNames = peers.map(({ name }) => name);
const usualPeers = peers.filter(({ onlyWhenNamed }) => !onlyWhenNamed).map(({ name }) => name);
const modelNames = networks.map(({ preset }) => preset);

/** Adds the options of the table of training steps and predictions. */
export function withBenchOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--models <names>', `of ${modelNames.join(', ')}`)
        .argParser(networksByName)
        .default(networks, 'all of them'),
    )
    .option('--backends <names>', `of ${ourNames.join(', ')}`, oneOf(ourNames), installedWays())
    .option('--batch <sizes>', 'examples a step', list(positive), [32, 128])
    .option('--mode <modes>', `of ${modes.join(', ')}`, oneOf(modes) as (text: string) => Mode[], modes)
    .option('--threads <n>', 'CPU threads of every contender', positive, Math.min(2, availableParallelism()))
    .option('--rounds <n>', 'rounds; in each, every contender runs once', positive, 5)
    .option('--steps <n>', 'measured steps a round, after three to warm up', positive, 8)
    .option('--peers <names>', `of ${peerNames.join(', ')}, or all`, peersByName, usualPeers)
    .option('--no-peers', 'measure chromaray alone')
    .option('--clock <kind>', 'wall, or cpu for processor time (with --threads 1)', clock, 'wall')
    .option('--limit <seconds>', 'after which a contender is ended and left out', positive, 300)
    .option('--weights <file>', 'pretrained weights of mobilenet', '../shared/weights/mobilenet-v1-0.25-224.onnx')
    .option('--json', 'print one JSON document instead of a table', false);
}

function clock(text: string): Clock {
  if (text === 'wall' || text === 'cpu') return text;
  throw new InvalidArgumentError('It must be wall or cpu.');
}

function peersByName(text: string): readonly string[] {
  return text === 'all' ? peerNames : oneOf(peerNames)(text);
}

export function networksByName(text: string): readonly Network[] {
  const short = text.split(',').map((name) => (name === 'mobilenet' ? 'mobilenet-v1-0.25' : name));
  return oneOf(modelNames)(short.join()).map((name) => networks.find(({ preset }) => preset === name)!);
}

/** Reads a list of names that are known. */
export function oneOf(known: readonly string[]): (text: string) => string[] {
  return list((name) => {
    if (known.includes(name)) return name;
    const suggestion = nearest(name, known);
    const help = suggestion === undefined ? `Choose of ${known.join(', ')}.` : `Did you mean ${suggestion}?`;
    throw new InvalidArgumentError(`There is no "${name}". ${help}`);
  });
}

export function list<T>(read: (text: string) => T): (text: string) => T[] {
  return (text) => text.split(',').map(read);
}

export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return value;
}
