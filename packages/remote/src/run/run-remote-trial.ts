import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { temporaryName } from '@chromaray/base';
import { parts } from '@chromaray/contracts/names';
import {
  childProcessRunner,
  type LocateFiles,
  type TrialMessage,
  type TrialResult,
  type TrialRunner,
} from '@chromaray/trials';
import type { Exchange, Published } from '../exchange/exchange.js';
import { encodeResult } from '../task/result-message.js';
import { type TaskMessage, taskOf } from '../task/task-message.js';
import type { BlobCache } from './blob-cache.js';
import { CheckpointKeeper } from './checkpoint-keeper.js';

/** What a machine does for a trial, in this order. */
export type RemotePhase = 'fetching' | 'training' | 'publishing';

export interface RemoteTrialContext {
  readonly exchange: Exchange;
  /** Packs and weights of this machine. */
  readonly cache: BlobCache;
  /** A folder of this machine for what a trial writes while it runs; the trial makes one of its own in it and removes it. */
  readonly scratch: string;
  /** The name under which this machine computes. */
  readonly worker: string;
  /** Who trains. Default: a process for the trial. */
  readonly runner?: (locate: LocateFiles) => TrialRunner;
  readonly onPhase?: (phase: RemotePhase) => void;
  readonly onMessage: (message: TrialMessage) => void;
  readonly signal: AbortSignal;
}

/** Seconds that a trial which was stopped has for putting its checkpoint away. */
const partingSeconds = 60;

/**
 * Runs a trial whose inputs, checkpoints and result lie in an exchange: fetches packs and weights, resumes from the newest
 * checkpoint, trains in a process of its own, keeps checkpoints and publishes the result.
 *
 * @returns how the result compares with one that was published before; `there` when there was one already and nothing was run
 * @throws ChromarayError the trial's own error; `CHROMARAY_TRAINING_CANCELLED` after the signal, with its checkpoint in the
 *   exchange; what the exchange and this machine's disk throw
 */
export async function runRemoteTrial(message: TaskMessage, context: RemoteTrialContext): Promise<Published | 'there'> {
  const { exchange, signal, onPhase = () => {} } = context;
  if ((await exchange.result(message.trial, signal)) !== null) return 'there';
  onPhase('fetching');
  const folder = temporaryName(path.join(context.scratch, message.trial.slice(0, 16)));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const blobs = [...parts.map((part) => message.parts[part].file), ...(message.weights ? [message.weights] : [])];
    return await context.cache.lend(blobs, signal, async (file) => {
      const files = {
        packs: {
          train: file(message.parts.train.file),
          validation: file(message.parts.validation.file),
          test: file(message.parts.test.file),
        },
        ...(message.weights === undefined ? {} : { weights: file(message.weights) }),
        checkpoints: path.join(folder, 'checkpoints'),
        model: path.join(folder, 'model.onnx'),
      };
      await exchange.fetchCheckpoint(message.trial, files.checkpoints, signal);
      onPhase('training');
      const result = await train(message, () => files, context);
      onPhase('publishing');
      return publish(message, result, files.model, context);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function train(message: TaskMessage, locate: LocateFiles, context: RemoteTrialContext): Promise<TrialResult> {
  const { exchange, onMessage, signal, runner = childProcessRunner } = context;
  const task = taskOf(message);
  const parting = new AbortController();
  const keeper = new CheckpointKeeper(exchange, message.trial, locate(task).checkpoints, parting.signal);
  const follow = (said: TrialMessage): void => {
    if (said.kind === 'epoch' && said.epoch.epoch < task.training.epochs) keeper.epoch(said.epoch.epoch);
    onMessage(said);
  };
  const timer = new AbortController();
  try {
    const result = await runner(locate).run(task, follow, signal);
    parting.abort();
    await keeper.idle();
    return result;
  } catch (error) {
    void wait(partingSeconds * 1000, undefined, { signal: timer.signal }).then(
      () => parting.abort(),
      () => {},
    );
    await keeper.last();
    throw error;
  } finally {
    timer.abort();
  }
}

async function publish(
  message: TaskMessage,
  result: TrialResult,
  model: string,
  { exchange, worker, signal }: RemoteTrialContext,
): Promise<Published> {
  const texts = encodeResult(taskOf(message), result, worker);
  const blob = { sha256: result.modelHash, bytes: statSync(model).size };
  return exchange.publish(message.trial, { ...texts, model: blob }, model, signal);
}
