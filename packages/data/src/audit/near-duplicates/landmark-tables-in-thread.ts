import { Worker } from 'node:worker_threads';
import { threadEntry } from '@chromaray/base';
import { abortOf } from './aborted.js';
import type { LandmarkTables } from './landmark-tables.js';

/**
 * As `landmarkTables`, in a thread, so that thumbnails can be measured at the same time: both take about as long.
 *
 * @param packed of each picture, see `packLandmarks`
 * @throws what the thread threw, or the reason of `signal` once it is aborted; the thread is not left behind
 */
export async function landmarkTablesInThread(
  packed: readonly Uint8Array[],
  signal?: AbortSignal,
): Promise<LandmarkTables> {
  const { url, execArgv } = threadEntry(import.meta.url, './landmark-tables-thread');
  const worker = new Worker(url, { execArgv: [...execArgv], workerData: packed });
  const aborted = abortOf(signal);
  const answered = new Promise<LandmarkTables>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`A thread that sorts landmarks ended with code ${code}.`)));
  });
  try {
    return await Promise.race([answered, aborted.promise]);
  } finally {
    aborted.forget();
    await worker.terminate();
  }
}
