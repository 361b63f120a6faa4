import { postgresMissing, redisMissing, testPostgres, testRedis } from '@chromaray/testing/queue-servers';
import { wrongClock, wrongClockMissing } from '@chromaray/testing/wrong-clock';
import { describe, expect, it } from 'vitest';
import { QueueLab, until } from '../queue-lab.test-support.js';

const hours = [1, -1] as const;

const skewed = (by: number) => ({ environment: wrongClock(by) });

const redis = redisMissing ?? wrongClockMissing;
describe(`with Redis, a worker${redis ? ` (${redis})` : ''}`, { timeout: 300_000 }, () => {
  const lab = new QueueLab(redis, () => testRedis());

  it.skipIf(redis).each(hours)('whose clock is wrong by %d hour works as any other', async (by) => {
    const name = `hour${by}`;
    const worker = lab.workerProcess(name, skewed(by));
    await lab.expectLocalBits({ ...lab.trial(name, 2), seed: 1 }, await lab.coordinator(name));
    expect(worker.lines).toContain(`${name}, seed 1: done.`);
    worker.kill('SIGKILL');
  });

  it.skipIf(redis)('whose clock is wrong is killed: another, whose clock is right, goes on', async () => {
    const first = lab.workerProcess('ahead', { ...skewed(1), lease: 2000 });
    let killed = false;
    await lab.expectLocalBits(lab.trial('ahead', 6), await lab.coordinator('ahead'), (said) => {
      if (killed || said.kind !== 'epoch') return;
      killed = true;
      first.kill('SIGKILL');
      lab.worker();
    });
    expect(killed).toBe(true);
  });
});

const postgres = postgresMissing ?? wrongClockMissing;
describe(`with PostgreSQL, a worker${postgres ? ` (${postgres})` : ''}`, { timeout: 300_000 }, () => {
  const lab = new QueueLab(postgres, () => testPostgres());

  it.skipIf(postgres).each(hours)('whose clock is wrong by %d hour is told so and takes nothing', async (by) => {
    const name = `hour${by}`;
    const ended = lab.expectLocalBits(lab.trial(name, 1), await lab.coordinator(name));
    const wrong = lab.workerProcess(name, skewed(by));
    await until(() => wrong.lines.length > 0, 'the worker has ended');
    const side = by > 0 ? 'ahead of' : 'behind';
    expect(wrong.lines).toEqual([
      expect.stringMatching(new RegExp(`^ended: CHROMARAY_QUEUE_CLOCK: .* 3(600|599|601) seconds ${side}`)),
    ]);
    const right = lab.worker();
    await ended;
    await right.stop();
  });
});
