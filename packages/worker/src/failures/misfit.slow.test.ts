import { connectQueue, type OpenQueue, openQueues } from '@chromaray/remote';
import { redisMissing, testRedis } from '@chromaray/testing/queue-servers';
import { describe, expect, it } from 'vitest';
import { QueueLab, until } from '../queue-lab.test-support.js';

const never = new AbortController().signal;
const skipped = redisMissing === undefined ? '' : ` (${redisMissing})`;

describe(`a worker that would not compute the same bits${skipped}`, { timeout: 300_000 }, () => {
  const lab = new QueueLab(redisMissing, () => testRedis());

  it.skipIf(redisMissing).each<[what: string, change: (open: OpenQueue) => object, words: RegExp]>([
    ['of another version', () => ({ version: '0.0.1' }), /has Chromaray \d\S*, not 0\.0\.1\./],
    ['of another Node.js', () => ({ node: 18 }), /has Node\.js \d+, not 18\./],
    [
      'of another profile',
      ({ profile }) => ({ profile: { ...profile, processor: 'pdp11' } }),
      /computes by .*, not by .*pdp11\./,
    ],
  ])('%s leaves the trial to others and says why; one that fits takes it', async (what, change, words) => {
    const name = what.replaceAll(/\W+/g, '-');
    const execution = await lab.coordinator(name);
    const ended = lab.expectLocalBits(lab.trial(name, 1), execution);
    const server = await connectQueue(lab.server.url);
    const queueOf = async () => (await openQueues(server)).find(({ study }) => study === name);
    await until(async () => (await queueOf()) !== undefined, 'the queue is open');
    const open = (await queueOf())!;
    const trials = server.queue(open.queue);
    await until(async () => (await trials.getPrioritizedCount()) === 1, 'the trial is queued');
    // To the worker it is the same whether its own version is another, or that of the trials.
    const entry = (await server.queue('studies').getJob(open.queue))!;
    await entry.updateData({ ...open, ...change(open) });
    const stranger = lab.worker({ once: true });
    expect(await stranger.ended).toEqual({ taken: 0 });
    expect(stranger.lines.filter((line) => line.startsWith('Leaves'))).toEqual([expect.stringMatching(words)]);
    expect(await trials.getPrioritizedCount()).toBe(1);
    await entry.updateData(open);
    await server.close();
    const fitting = lab.worker();
    await ended;
    await fitting.stop();
    await execution.finish!(never);
  });
});
