import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sha256 } from '@chromaray/base';
import { redisMissing, testRedis } from '@chromaray/testing/queue-servers';
import type { LocateFiles, TrialResult, TrialRunner } from '@chromaray/trials';
import { describe, expect, it } from 'vitest';
import { QueueLab, until } from './queue-lab.test-support.js';

const skipped = redisMissing === undefined ? '' : ` (${redisMissing})`;

describe(`what a worker asks of Redis${skipped}`, () => {
  const lab = new QueueLab(redisMissing, () => testRedis());

  it.skipIf(redisMissing)('is no list of queues while its thread has a trial', async () => {
    const asked = await listsAsked(lab.server.url);
    const gate = new Gate();
    const worker = lab.worker({ threads: 1, runner: gate.runner });
    await until(() => asked.count() > 2, 'a worker without a trial asks');
    const execution = await lab.coordinator('full');
    const done = lab.run(execution, lab.trial('full', 1));
    await until(() => gate.waiting, 'the trial is begun');
    const before = asked.count();
    await wait(4000);
    expect(asked.count()).toBe(before);
    gate.open();
    await done;
    await until(() => asked.count() > before, 'it asks again');
    await worker.stop();
    asked.close();
  });

  it.skipIf(redisMissing)('lets it begin soon after a study gave its trials out', async () => {
    const gate = new Gate();
    gate.open();
    const worker = lab.worker({ threads: 1, runner: gate.runner });
    const asked = await listsAsked(lab.server.url);
    const waits: number[] = [];
    for (const study of ['soon', 'sooner', 'soonest']) {
      const execution = await lab.coordinator(study);
      const before = asked.count();
      // Just after it has looked in vain, when it waits longest.
      await until(() => asked.count() > before, 'the worker looks');
      const given = performance.now();
      const done = lab.run(execution, lab.trial(study, 1));
      await until(() => worker.lines.some((line) => line.startsWith(`Takes ${study},`)), 'the trial is taken');
      waits.push(performance.now() - given);
      await done;
      await execution.finish!(new AbortController().signal);
    }
    await worker.stop();
    asked.close();
    expect(waits.sort((a, b) => a - b)[1]).toBeLessThan(1500);
  });
});

const epoch = {
  ...{ epoch: 1, trainLoss: 1, trainAccuracy: 0.5, validationLoss: 1, validationAccuracy: 0.5, validationAuroc: 0.5 },
  ...{ learningRate: 0.001, seconds: 1 },
};

/** Holds the training of all trials up until it is opened. */
class Gate {
  waiting = false;
  open = (): void => {};
  private readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });

  readonly runner = (locate: LocateFiles): TrialRunner => ({
    run: async (task): Promise<TrialResult> => {
      this.waiting = true;
      await this.opened;
      const { model } = locate(task);
      mkdirSync(path.dirname(model), { recursive: true });
      writeFileSync(model, task.arm);
      const half = (part: 'validation' | 'test') => new Float32Array(task.parts[part].labels.length).fill(0.5);
      return {
        ...{ epochs: [epoch], selectedEpoch: 1, stoppedBy: 'epochs', seconds: 1, imagesPerSecond: 1 },
        ...{ idleShare: 0, peakMemoryBytes: 1, modelHash: sha256(task.arm), profile: task.profile },
        probabilities: { validation: half('validation'), test: half('test') },
      };
    },
  });
}

/** Counts how often somebody asks for jobs that nobody has: only workers do, for the list of open queues. */
async function listsAsked(url: string): Promise<{ count(): number; close(): void }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let count = 0;
  let rest = '';
  socket.on('data', (data) => {
    const lines = `${rest}${data.toString('latin1')}`.split('\r\n');
    rest = lines.pop()!;
    count += lines.filter((line) => /"evalsha"/i.test(line) && line.includes('"prioritized"')).length;
  });
  // It may close after its server did.
  socket.on('error', () => {});
  socket.write('MONITOR\r\n');
  await new Promise((resolve) => socket.once('data', resolve));
  return { count: () => count, close: () => socket.destroy() };
}
