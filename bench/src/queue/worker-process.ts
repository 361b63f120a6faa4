/** A worker: `<queue> <exchange> <folder> <name> [echo]`. With `echo` it trains one trial of each arm, and gives its result to the others. */
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { openExchange } from '@chromaray/remote';
import { childProcessRunner, type LocateFiles, type TrialResult, type TrialRunner } from '@chromaray/trials';
import { runWorker } from '@chromaray/worker';

const [queueUrl, exchange, folder, name, mode] = process.argv.slice(2);
const kept = new Map<string, Promise<{ readonly result: TrialResult; readonly model: string }>>();

function echo(locate: LocateFiles): TrialRunner {
  return {
    async run(task, onMessage, signal) {
      const files = locate(task);
      const key = task.arm;
      const first = async () => {
        const result = await childProcessRunner(locate).run(task, () => {}, signal);
        const model = path.join(folder!, `${key}.onnx`);
        copyFileSync(files.model, model);
        return { result, model };
      };
      const known = kept.get(key) ?? first();
      kept.set(key, known);
      const { result, model } = await known;
      onMessage({ kind: 'started', resumedAtEpoch: 0, backend: result.profile.backend, parameters: 1 });
      for (const epoch of result.epochs) onMessage({ kind: 'epoch', epoch });
      mkdirSync(path.dirname(files.model), { recursive: true });
      copyFileSync(model, files.model);
      return result;
    },
  };
}

await runWorker({
  ...{ queueUrl: queueUrl!, exchange: openExchange(exchange!), folder: folder!, name: name! },
  ...{ once: false, signal: new AbortController().signal, onLine: () => {} },
  // One trial at a time, as the trials of `overhead` have one thread; those of a study may have more.
  ...(mode === 'echo' ? { runner: echo } : { threads: 1 }),
});
