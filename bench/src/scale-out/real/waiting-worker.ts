/** A worker whose training is a wait: `<queue> <exchange> <folder> <name> <seconds of an epoch>`. Says when it looks for trials; SIGTERM ends it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sha256 } from '@chromaray/base';
import { openExchange } from '@chromaray/remote';
import type { LocateFiles, TrialResult, TrialRunner } from '@chromaray/trials';
import { runWorker } from '@chromaray/worker';

const [queueUrl, exchange, folder, name, epochSeconds] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());

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

await runWorker({
  ...{ queueUrl: queueUrl!, exchange: openExchange(exchange!), folder: folder!, name: name! },
  ...{ threads: 1, memoryBytes: 1e9, once: false, signal: stop.signal },
  onLine: (line) => process.send?.(line),
  runner: waitingRunner(Number(epochSeconds)),
});
process.exit();
