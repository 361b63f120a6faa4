import { queuePlace } from '@chromaray/remote';
import { runWorker } from '@chromaray/worker';
import type { Context } from '../context.js';
import { executionAddresses } from './execution-choice.js';

export interface WorkerActionOptions {
  readonly queue?: string;
  readonly exchange?: string;
  readonly name?: string;
  readonly threads?: number;
  /** In GiB. */
  readonly memory?: number;
  readonly folder?: string;
  readonly once?: boolean;
}

/** What `chromaray worker` does. */
export async function workerAction(options: WorkerActionOptions, context: Context): Promise<void> {
  const { out, progress, signal } = context;
  const { name, threads, memory, folder, once = false } = options;
  // It runs until it is told to stop, and says what it does: a log needs no signs of life.
  progress.close();
  context.answerInterrupt(
    'Handing running trials back with their last checkpoint; press Ctrl-C again to stop at once.',
  );
  const place = queuePlace(executionAddresses(options));
  await runWorker({
    ...place,
    ...(name !== undefined && { name }),
    ...(threads !== undefined && { threads }),
    ...(memory !== undefined && { memoryBytes: memory * 2 ** 30 }),
    ...(folder !== undefined && { folder }),
    once,
    onLine: (line) => {
      progress.end();
      out.write(`${line}\n`);
    },
    signal,
  });
}
