/** A thread of `landmarkTablesInThread`: sorts the landmarks of all pictures, and answers with their tables. */
import { parentPort, workerData } from 'node:worker_threads';
import { landmarkTables } from './landmark-tables.js';

const steps = landmarkTables(workerData as readonly Uint8Array[]);
for (;;) {
  const { done, value } = steps.next();
  if (done !== true) continue;
  parentPort!.postMessage(value);
  break;
}
