import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sha256 } from '@chromaray/base';
import { folderExchange, openQueueExecution } from '@chromaray/remote';
import { type PackedTrial, packTrial } from '@chromaray/testing/packed-trial';
import type { LocateFiles, TrialResult, TrialRunner, TrialTask } from '@chromaray/trials';
import { runWorker } from '@chromaray/worker';
import { startRedis } from '../redis-here.js';

/** Trials of a study whose training is a wait: it takes no processor, so that what else the machine does hardly changes the times. */
export interface WaitingStudy {
  readonly trials: number;
  readonly epochs: number;
  readonly trialSeconds: number;
}

/**
 * Seconds from the first trial given out to the last result collected, with a Redis, an exchange, a coordinator and workers as they are: trials are packed,
 * queued, leased, fetched, followed, published and collected; only training is a wait.
 */
export async function runReally({ trials, epochs, trialSeconds }: WaitingStudy, workers: number): Promise<number> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-scale-out-'));
  const redis = await startRedis();
  const exchange = folderExchange(path.join(folder, 'exchange'));
  const stop = new AbortController();
  const running: Promise<unknown>[] = [];
  try {
    const packed = await packTrial(folder);
    for (let i = 0; i < workers; i++) {
      running.push(
        runWorker({
          ...{ queueUrl: redis.url, exchange, name: `worker-${i}`, threads: 1, memoryBytes: 1e9, once: false },
          ...{ folder: path.join(folder, `worker-${i}`), onLine: () => {}, signal: stop.signal },
          runner: waitingRunner(trialSeconds / epochs),
        }),
      );
    }
    const studyFolder = path.join(folder, 'study');
    mkdirSync(studyFolder);
    const execution = await openQueueExecution({ queueUrl: redis.url, exchange, studyFolder, study: 'waiting' });
    // Workers have looked for queues at least once.
    await wait(2000);
    const begun = performance.now();
    const locate: LocateFiles = ({ arm, seed }) => packed.files(`${arm}-${seed}`);
    const runner = execution.runner(locate, 1e8);
    const never = new AbortController().signal;
    await Promise.all(tasksOf(packed, trials, epochs).map((task) => runner.run(task, () => {}, never)));
    const seconds = (performance.now() - begun) / 1000;
    await execution.close?.();
    return seconds;
  } finally {
    stop.abort();
    await Promise.allSettled(running);
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function tasksOf({ task }: PackedTrial, trials: number, epochs: number): readonly TrialTask[] {
  return Array.from({ length: trials }, (_, seed) => ({
    ...task,
    seed,
    fingerprint: sha256(`waiting ${seed}`),
    profile: { ...task.profile, threads: 1 },
    training: { ...task.training, epochs },
  }));
}

/** Waits for each epoch, writes a checkpoint, and gives a result of the right form. */
function waitingRunner(epochSeconds: number): (locate: LocateFiles) => TrialRunner {
  return (locate) => ({
    async run(task, onMessage, signal): Promise<TrialResult> {
      const files = locate(task);
      const epochs: TrialResult['epochs'][number][] = [];
      mkdirSync(files.checkpoints, { recursive: true });
      onMessage({ kind: 'started', resumedAtEpoch: 0, backend: task.profile.backend, parameters: 1000 });
      for (let number = 1; number <= task.training.epochs; number++) {
        await wait(epochSeconds * 1000, undefined, { signal });
        writeFileSync(path.join(files.checkpoints, `${number}.bin`), Buffer.alloc(100_000, number));
        const measures = {
          trainLoss: 1,
          trainAccuracy: 0.5,
          validationLoss: 1,
          validationAccuracy: 0.5,
          validationAuroc: 0.5,
        };
        const epoch = { epoch: number, ...measures, learningRate: 0.001, seconds: epochSeconds };
        epochs.push(epoch);
        onMessage({ kind: 'epoch', epoch });
      }
      const model = `network of seed ${task.seed}`;
      mkdirSync(path.dirname(files.model), { recursive: true });
      writeFileSync(files.model, model);
      const probabilities = (part: 'validation' | 'test') => new Float32Array(task.parts[part].labels.length).fill(0.5);
      return {
        ...{
          epochs,
          selectedEpoch: 1,
          stoppedBy: 'epochs',
          seconds: 1,
          imagesPerSecond: 1,
          idleShare: 0,
          peakMemoryBytes: 1,
        },
        probabilities: { validation: probabilities('validation'), test: probabilities('test') },
        ...{ modelHash: sha256(model), profile: task.profile },
      };
    },
  });
}
