import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '@chromaray/base';
import { folderExchange, openQueueExecution } from '@chromaray/remote';
import { type PackedTrial, packTrial } from '@chromaray/testing/packed-trial';
import type { LocateFiles, TrialTask } from '@chromaray/trials';
import { startRedis } from '../redis-here.js';

const worker = fileURLToPath(new URL('./waiting-worker.js', import.meta.url));

/** Trials of a study whose training is a wait: it takes no processor, so that what else the machine does hardly changes the times. */
export interface WaitingStudy {
  readonly trials: number;
  readonly epochs: number;
  readonly trialSeconds: number;
}

/**
 * Seconds from the first trial given out to the last result collected, with a Redis, an exchange, a coordinator and workers as they are: trials are packed,
 * queued, leased, fetched, followed, published and collected; only training is a wait. Each worker is a process of its own.
 */
export async function runReally({ trials, epochs, trialSeconds }: WaitingStudy, workers: number): Promise<number> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-scale-out-'));
  const redis = await startRedis();
  const shared = path.join(folder, 'exchange');
  const exchange = folderExchange(shared);
  const running: ChildProcess[] = [];
  try {
    const packed = await packTrial(folder);
    for (let i = 0; i < workers; i++) {
      const args = [redis.url, shared, path.join(folder, `worker-${i}`), `worker-${i}`, String(trialSeconds / epochs)];
      running.push(fork(worker, args));
    }
    await Promise.all(running.map((child) => looks(child)));
    const studyFolder = path.join(folder, 'study');
    mkdirSync(studyFolder);
    const execution = await openQueueExecution({ queueUrl: redis.url, exchange, studyFolder, study: 'waiting' });
    const begun = performance.now();
    const locate: LocateFiles = ({ arm, seed }) => packed.files(`${arm}-${seed}`);
    const runner = execution.runner(locate, 1e8);
    const never = new AbortController().signal;
    await Promise.all(tasksOf(packed, trials, epochs).map((task) => runner.run(task, () => {}, never)));
    const seconds = (performance.now() - begun) / 1000;
    await execution.close?.();
    return seconds;
  } finally {
    await Promise.all(running.filter(({ exitCode }) => exitCode === null).map((child) => end(child)));
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

/** Waits for the first line of a worker, which it writes when it begins to look for trials. @throws when it ends before */
async function looks(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`A worker ended with code ${code}.`)));
  ended.catch(() => {});
  await Promise.race([once(child, 'message'), ended]);
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
