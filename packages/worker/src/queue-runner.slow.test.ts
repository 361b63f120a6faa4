import { postgresMissing, redisMissing, testPostgres, testRedis } from '@chromaray/testing/queue-servers';
import type { TrialMessage } from '@chromaray/trials';
import { describe, expect, it } from 'vitest';
import { QueueLab } from './queue-lab.test-support.js';

const kinds = [
  ['Redis', redisMissing, testRedis],
  ['PostgreSQL', postgresMissing, testPostgres],
] as const;

describe.each(kinds)('a trial in a queue of %s', { timeout: 120_000 }, (_kind, missing, make) => {
  const lab = new QueueLab(missing, () => make());
  const skipped = missing === undefined ? '' : ` (${missing})`;

  it.skipIf(missing)(
    `reports its start and every epoch in order, and gives the bits of this process${skipped}`,
    async () => {
      const execution = await lab.coordinator('bits');
      const worker = lab.worker();
      const tasks = [0, 1].map((seed) => ({ ...lab.trial(`bits-${seed}`), seed }));
      const seen: TrialMessage[] = [];
      const results = await Promise.all(
        tasks.map((task, i) => lab.run(execution, task, (said) => void (i === 0 && seen.push(said)))),
      );
      for (const [i, task] of tasks.entries()) {
        const here = await lab.local(task);
        expect(results[i]!.probabilities).toEqual(here.probabilities);
        expect(results[i]!.modelHash).toBe(here.modelHash);
        expect(results[i]!.profile).toEqual(task.profile);
        expect(lab.model(task)).toBe(here.modelHash);
      }
      expect(seen[0]).toMatchObject({ kind: 'started', resumedAtEpoch: 0, backend: 'onnxruntime' });
      expect(seen.flatMap((message) => (message.kind === 'epoch' ? [message.epoch.epoch] : []))).toEqual([1, 2, 3]);
      await execution.finish!(new AbortController().signal);
      expect(await worker.stop()).toEqual({ taken: 2 });
      expect(worker.lines).toContain('bits-0, seed 0: done.');
    },
  );
});
