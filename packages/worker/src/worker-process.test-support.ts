/** A worker as a process: `<queue> <exchange> <folder> <name> <lease>`; SIGTERM drains it. */
import { isChromarayError } from '@chromaray/base';
import { openExchange } from '@chromaray/remote';
import { childProcessRunner, type LocateFiles, type TrialRunner } from '@chromaray/trials';
import { runWorker } from './run-worker.js';

const [queueUrl, exchange, folder, name, lease] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());

/** A machine whose memory turns a bit of what it computed. */
const damaged = (locate: LocateFiles): TrialRunner => ({
  async run(task, onMessage, signal) {
    const result = await childProcessRunner(locate).run(task, onMessage, signal);
    new Uint8Array(result.probabilities.test.buffer, result.probabilities.test.byteOffset)[0]! ^= 1;
    return result;
  },
});

try {
  await runWorker({
    ...{ queueUrl: queueUrl!, exchange: openExchange(exchange!), folder: folder!, name: name! },
    ...{ once: false, threads: 1, memoryBytes: 1e9, leaseMilliseconds: Number(lease), signal: stop.signal },
    ...(process.env.CHROMARAY_TEST_DAMAGED !== undefined && { runner: damaged }),
    onLine: (line) => process.send?.(line),
  });
} catch (error) {
  process.send?.(isChromarayError(error) ? `ended: ${error.code}: ${error.message}` : `ended: ${String(error)}`);
}
process.exit();
