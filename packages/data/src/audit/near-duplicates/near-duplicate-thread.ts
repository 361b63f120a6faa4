/** A thread of `searchInThreads`: compares the pictures it is asked for, and answers with the pairs it found. */
import { parentPort, workerData } from 'node:worker_threads';
import { PictureSearch, type SearchTables } from './picture-search.js';
import type { Answer, Block } from './search-in-threads.js';
import { Union } from './union.js';

const tables = workerData as SearchTables;
const search = new PictureSearch(tables);
const known = new Union(tables.count);

parentPort!.on('message', ({ from, to }: Block) => {
  const pairs = Array.from({ length: to - from }, (_, i) => search.pairsOf(from + i, known)).flat();
  parentPort!.postMessage({ from, to, pairs } satisfies Answer);
});
