import { postgresMissing, redisMissing, testPostgres, testRedis } from '@chromaray/testing/queue-servers';
import { trialRunnerConformance } from '@chromaray/testing/trial-runner-conformance';
import type { TrialExecution } from '@chromaray/trials';
import { beforeAll, describe } from 'vitest';
import { QueueLab } from './queue-lab.test-support.js';

const kinds = [
  ['Redis', redisMissing, testRedis],
  ['PostgreSQL', postgresMissing, testPostgres],
] as const;

describe.each(kinds)('%s', (kind, missing, start) => {
  const lab = new QueueLab(missing, () => start());
  let execution: TrialExecution;
  beforeAll(async () => {
    if (missing !== undefined) return;
    execution = await lab.coordinator('conformance');
    lab.worker();
  });
  trialRunnerConformance({
    name: `in a queue of ${kind}`,
    ...(missing !== undefined && { missing }),
    make: (locate) => execution.runner(locate, 1e8),
    afterSignal: 'goes on',
  });
});
