import { setTimeout as wait } from 'node:timers/promises';
import { cancelTrials } from '@chromaray/remote';
import { redisMissing, testRedis } from '@chromaray/testing/queue-servers';
import type { TrialMessage } from '@chromaray/trials';
import { describe, expect, it } from 'vitest';
import { QueueLab } from '../queue-lab.test-support.js';

const skipped = redisMissing === undefined ? '' : ` (${redisMissing})`;
const never = new AbortController().signal;
const servers = [
  ['keeps what it is told', true],
  ['forgets all when it ends', false],
] as const;

describe.each(servers)(`with a Redis that %s${skipped}`, { timeout: 300_000 }, (_, persistent) => {
  const lab = new QueueLab(redisMissing, () => testRedis({ persistent }));

  /** Runs a trial in which something happens after the second epoch that is told; told once a second, so that it is long. */
  async function survives(name: string, act: () => void | Promise<void>): Promise<void> {
    const task = lab.trial(name, 24);
    let acted = false;
    let done = Promise.resolve();
    const follow = (said: TrialMessage): void => {
      if (acted || said.kind !== 'epoch' || said.epoch.epoch < 2) return;
      acted = true;
      done = Promise.resolve(act());
    };
    await lab.expectLocalBits(task, await lab.coordinator(name), follow);
    expect(acted).toBe(true);
    await done;
  }

  it.skipIf(redisMissing)('a trial whose worker is killed goes on elsewhere, to the same bits', async () => {
    const first = lab.workerProcess(`killed-${persistent}`);
    // From its checkpoint where one was put away by then; a worker of a trial this small may be killed before, or be done.
    await survives('killed', () => {
      first.kill('SIGKILL');
      lab.workerProcess(`next-${persistent}`);
    });
  });

  it.skipIf(redisMissing)('a trial outlives the end of the server', async () => {
    await survives('server', () =>
      lab.server
        .kill()
        .then(() => wait(2000))
        .then(() => lab.server.start()),
    );
  });

  it.skipIf(redisMissing)('a coordinator that ended finds what its workers did meanwhile', async () => {
    const task = lab.trial('coordinator', 8);
    const stop = new AbortController();
    const first = await lab.coordinator('coordinator');
    const follow = (said: TrialMessage): void => {
      if (said.kind === 'epoch') stop.abort();
    };
    await expect(lab.run(first, task, follow, stop.signal)).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_CANCELLED',
    });
    await first.close!();
    await lab.expectLocalBits(task, await lab.coordinator('coordinator'));
  });

  it.skipIf(redisMissing)(
    'trials that are cancelled stop on their worker, and run when they are asked for again',
    async () => {
      const task = lab.trial('cancelled', 12);
      const execution = await lab.coordinator('cancelled');
      const place = { queueUrl: lab.server.url, exchange: lab.exchange, studyFolder: lab.studyFolder('cancelled') };
      let counting: Promise<unknown> | undefined;
      const follow = (said: TrialMessage): void => {
        if (said.kind === 'started') counting ??= cancelTrials({ ...place, signal: never });
      };
      const run = lab.run(execution, task, follow);
      // A trial that was done before the word reached its worker keeps its result.
      const end = await run.then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
      expect(['done', 'CHROMARAY_TRAINING_CANCELLED']).toContain(end);
      expect(await counting).toEqual({ waiting: 0, running: 1 });
      await lab.expectLocalBits(task, await lab.coordinator('cancelled'));
    },
  );
});
