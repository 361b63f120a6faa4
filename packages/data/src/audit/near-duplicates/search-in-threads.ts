import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '@chromaray/base';
import { abortOf } from './aborted.js';
import type { NearDuplicate, SearchTables } from './picture-search.js';
import { Union } from './union.js';

/** Pictures, by their positions, that a thread is to compare with those before them. */
export interface Block {
  readonly from: number;
  readonly to: number;
}

export interface Answer extends Block {
  readonly pairs: readonly NearDuplicate[];
}

/** Starting threads costs a second or so, which is what so many pictures take. */
const fewestForThreads = 500;
/** More read the same memory and win little. */
const mostThreads = 8;
/** Pictures a thread is asked for at once: enough that asking costs nothing, few enough that all end together. */
const blockSize = 32;

/** How many threads a search among so many pictures is worth. */
export function threadsFor(pictures: number): number {
  return pictures < fewestForThreads ? 1 : Math.min(mostThreads, availableParallelism());
}

/**
 * Compares each picture with those before it in several threads. A thread does not know what others found in the meantime, so
 * that it may compare pictures that are together already; such pairs are left out afterwards, and the pairs are
 * those that one thread alone finds, in the same order.
 *
 * @throws what a thread threw, or the reason of `signal` once it is aborted; no thread is left behind
 */
export async function searchInThreads(
  tables: SearchTables,
  threads: number,
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
): Promise<readonly NearDuplicate[]> {
  const blocks: Block[] = [];
  for (let from = 0; from < tables.count; from += blockSize) {
    blocks.push({ from, to: Math.min(tables.count, from + blockSize) });
  }
  const found = new Map<number, readonly NearDuplicate[]>();
  const queue = blocks.values();
  const { url, execArgv } = threadEntry(import.meta.url, './near-duplicate-thread');
  const workers = Array.from(
    { length: Math.min(threads, blocks.length) },
    () => new Worker(url, { execArgv: [...execArgv], workerData: tables }),
  );
  let done = 0;
  const workOff = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      const next = (): void => {
        const { done: none, value } = queue.next();
        if (none === true) resolve();
        else worker.postMessage(value);
      };
      worker.on('message', ({ from, to, pairs }: Answer) => {
        found.set(from, pairs);
        done += to - from;
        onProgress?.(done);
        next();
      });
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`A thread that compares pictures ended with code ${code}.`)));
      next();
    });
  const aborted = abortOf(signal);
  try {
    await Promise.race([Promise.all(workers.map(workOff)), aborted.promise]);
  } finally {
    aborted.forget();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return withoutKnown(
    blocks.flatMap(({ from }) => found.get(from)!),
    tables.count,
  );
}

/** Pairs that connect pictures not yet together, in their order. */
function withoutKnown(pairs: readonly NearDuplicate[], count: number): readonly NearDuplicate[] {
  const known = new Union(count);
  return pairs.filter(({ first, second }) => {
    if (known.together(first, second)) return false;
    known.join(first, second);
    return true;
  });
}
