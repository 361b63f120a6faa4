import { setTimeout as wait } from 'node:timers/promises';
import { postgresMissing, type TestQueueServer, testPostgres } from '@chromaray/testing/queue-servers';
import { describe, expect, it } from 'vitest';
import { QueueLab } from '../queue-lab.test-support.js';

const skipped = postgresMissing === undefined ? '' : ` (${postgresMissing})`;
const never = new AbortController().signal;

describe(`a PostgreSQL that is restarted while trials run${skipped}`, { timeout: 300_000 }, () => {
  const lab = new QueueLab(postgresMissing, () => testPostgres());

  it.skipIf(postgresMissing).each<[how: string, stop: (server: TestQueueServer) => Promise<void>]>([
    ['fast', (server) => server.stop()],
    ['immediate', (server) => server.kill()],
  ])('(%s) loses nothing: what runs goes on, what waits is taken', async (how, stop) => {
    const execution = await lab.coordinator(how);
    const worker = lab.worker({ threads: 1 });
    const [running, waiting] = [lab.trial(`${how}-running`, 8), { ...lab.trial(`${how}-waiting`, 1), seed: 2 }];
    let stopped = false;
    const first = lab.expectLocalBits(running, execution, (said) => {
      if (stopped || said.kind !== 'epoch') return;
      stopped = true;
      void stop(lab.server)
        .then(() => wait(2000))
        .then(() => lab.server.start());
    });
    await Promise.all([first, lab.expectLocalBits(waiting, execution)]);
    expect(stopped).toBe(true);
    await execution.finish!(never);
    await worker.stop();
    expect(worker.lines).toContain(`${how}-waiting, seed 2: done.`);
  });
});
