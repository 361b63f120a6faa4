/** A worker as a process: `<queue> <exchange> <folder> <name>`; SIGTERM drains it. */
import { folderExchange } from '@chromaray/remote';
import { runWorker } from './run-worker.js';

const [queueUrl, exchange, folder, name] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
await runWorker({
  ...{ queueUrl: queueUrl!, exchange: folderExchange(exchange!), folder: folder!, name: name! },
  ...{ once: false, threads: 1, memoryBytes: 1e9, leaseMilliseconds: 5000, signal: stop.signal },
  onLine: (line) => process.send?.(line),
});
process.exit();
