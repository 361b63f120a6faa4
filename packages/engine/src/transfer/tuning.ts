import { ChromarayError, nearest } from '@chromaray/base';
import { headNames } from '../layers/head.js';
import type { TrainableModel } from '../training/types.js';
import { matchesPattern } from './patterns.js';

/** How fast the tensors that match a pattern learn, as a factor on the learning rate. */
export interface LearningRate {
  readonly match: string;
  /** 0.1 for a tenth. Above 0; freeze what shall not move. */
  readonly factor: number;
}

/** What of a network is trained, and how fast. */
export interface TuningOptions {
  /**
   * Patterns of tensors that stay as they are; `!` before one takes tensors out again, and the last pattern that
   * matches a tensor decides: `['*', '!block-13/*']` trains block 13 only.
   */
  readonly freeze?: readonly string[];
  /** The last entry that matches a tensor decides; tensors that none matches learn at the full rate. */
  readonly learningRates?: readonly LearningRate[];
  /**
   * `update` (default): batch normalisation whose scale is trained takes the statistics of each batch and moves
   * the running ones; frozen layers keep theirs. `frozen`: all keep the statistics they came with, also those whose
   * scale and bias are trained, which is steadier with small batches.
   */
  readonly batchNorm?: 'update' | 'frozen';
}

/** A network with the learning rates of its tensors. */
export interface Tuned {
  readonly model: TrainableModel;
  /** For `FitOptions.learningRateFactors`; tensors at the full rate are not in it. */
  readonly learningRateFactors: ReadonlyMap<string, number>;
}

/**
 * Applies freezing, learning rates and the choice for batch normalisation to a network. A pattern is matched with
 * the names of trained tensors. Those of a new head (`head/dense/...`, `head/output/...`) are matched only by patterns that begin with
 * `head/`: `*` is all of the pretrained part.
 *
 * @throws ChromarayError `CHROMARAY_TRANSFER_PATTERN` for a pattern that matches nothing,
 *   `CHROMARAY_TRANSFER_RATE` for a factor that is not above 0,
 *   `CHROMARAY_TRANSFER_FROZEN` when nothing is left to train
 */
export function tune(network: TrainableModel, options: TuningOptions): Tuned {
  const { freeze = [], learningRates = [], batchNorm } = options;
  const names = network.trainable;
  const frozen = new Set<string>();
  for (const pattern of freeze) {
    const isException = pattern.startsWith('!');
    for (const name of matching('freeze', isException ? pattern.slice(1) : pattern, names)) {
      if (isException) frozen.delete(name);
      else frozen.add(name);
    }
  }
  const trainable = names.filter((name) => !frozen.has(name));
  if (trainable.length === 0) throw nothingTrained(freeze);
  const factors = new Map<string, number>();
  for (const { match, factor } of learningRates) {
    if (!(Number.isFinite(factor) && factor > 0)) throw badFactor(match, factor);
    for (const name of matching('learningRates', match, names)) factors.set(name, factor);
  }
  const learningRateFactors = new Map(
    trainable.flatMap((name): [string, number][] => {
      const factor = factors.get(name) ?? 1;
      return factor === 1 ? [] : [[name, factor]];
    }),
  );
  const kept = <Value>(map: ReadonlyMap<string, Value>) => new Map([...map].filter(([name]) => !frozen.has(name)));
  return {
    model: {
      ...network,
      trainable,
      l2: kept(network.l2),
      constraints: kept(network.constraints),
      ...(batchNorm === undefined || batchNorm === 'update' ? {} : { batchNorm }),
    },
    learningRateFactors,
  };
}

function matching(option: string, pattern: string, names: readonly string[]): readonly string[] {
  const found = names.filter(
    (name) => matchesPattern(pattern, name) && (!headNames.test(name) || pattern.startsWith('head/')),
  );
  if (found.length === 0) throw noMatch(option, pattern, names);
  return found;
}

const shownNames = 6;

function noMatch(option: string, pattern: string, names: readonly string[]): ChromarayError {
  const suggestion = nearest(pattern, names);
  const shown = names.slice(0, shownNames).join(', ');
  const more = names.length > shownNames ? `, … (${names.length} in all)` : '';
  return new ChromarayError({
    code: 'CHROMARAY_TRANSFER_PATTERN',
    message: `The pattern "${pattern}" in ${option} matches no trained tensor of the network, which has ${shown}${more}.`,
    remedy:
      suggestion === undefined ? 'Correct or remove it; * stands for any characters.' : `Did you mean ${suggestion}?`,
    details: { option, pattern, names },
  });
}

function nothingTrained(freeze: readonly string[]): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRANSFER_FROZEN',
    message: `The patterns ${freeze.join(', ')} freeze every tensor; there is nothing left to train.`,
    remedy: 'Leave at least one tensor out, for example with an exception: "!output/*".',
    details: { freeze },
  });
}

function badFactor(match: string, factor: number): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRANSFER_RATE',
    message: `The learning rate factor of "${match}" is ${factor}; it must be above 0.`,
    remedy: 'Give a factor such as 0.1, or freeze the tensors.',
    details: { match, factor },
  });
}
