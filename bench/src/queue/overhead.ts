import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { folderExchange, openQueueExecution } from '@chromaray/remote';
import { type PackedTrial, packTrial } from '@chromaray/testing/packed-trial';
import { childProcessRunner, runAll, type TrialRunner, type TrialTask } from '@chromaray/trials';
import { Queue } from './processes.js';

const never = new AbortController().signal;
/** Trials of a round, for two at a time. */
const trials = 4;

interface Round {
  readonly seconds: number;
  /** Share of the time of two trials at once in which a process of a trial was at work, from its start to its result. */
  readonly busy: number;
}

/**
 * Yields, round by round, the time that four trials take two at a time on this machine, and by two workers of a queue.
 *
 * On a machine that has other work, times of two rounds say little of each other; the share of time in which no trial was at
 * work can be told within one round.
 */
export async function* measureOverhead({
  seconds,
  rounds,
}: {
  seconds: number;
  rounds: number;
}): AsyncGenerator<object> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'chromaray-bench-queue-'));
  const queue = await Queue.start(root, 'train');
  try {
    const packed = await packTrial(root, { train: 960 });
    const epochs = await epochsFor(packed, seconds);
    const execution = await openQueueExecution({
      ...{ queueUrl: queue.url, exchange: folderExchange(path.join(root, 'exchange')), study: 'overhead' },
      studyFolder: root,
    });
    const of = (kind: string, n: number) => tasksOf(packed, `${kind}-${n}`, epochs);
    const locate = (task: TrialTask) => packed.files(`${task.arm}/${task.seed}`);
    for (let n = 1; n <= rounds; n++) {
      const local = (): Promise<Round> => run(of('local', n), childProcessRunner(locate), 2);
      const queued = (): Promise<Round> => run(of('queue', n), execution.runner(locate, 1e8), trials);
      const [first, second] = n % 2 === 1 ? [local, queued] : [queued, local];
      const [a, b] = [await first(), await second()];
      const [here, there] = n % 2 === 1 ? [a, b] : [b, a];
      yield {
        ...{ round: n, epochs, local: rounded(here), queue: rounded(there) },
        overheadByTime: percent(there.seconds / here.seconds - 1),
        overheadByIdleTime: percent(here.busy / there.busy - 1),
        workersProcessorShare: percent(queue.processorSeconds / (process.uptime() * 2)),
      };
    }
    await execution.close!();
  } finally {
    await queue.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

async function run(tasks: readonly TrialTask[], runner: TrialRunner, concurrency: number): Promise<Round> {
  const begun = performance.now();
  let trained = 0;
  await runAll(
    tasks,
    concurrency,
    async (task) => {
      const { seconds } = await runner.run(task, () => {}, never);
      trained += seconds;
    },
    never,
  );
  const seconds = (performance.now() - begun) / 1000;
  return { seconds, busy: trained / (2 * seconds) };
}

function tasksOf({ task }: PackedTrial, arm: string, epochs: number): readonly TrialTask[] {
  return Array.from({ length: trials }, (_, seed) => ({
    ...{ ...task, arm, seed, fingerprint: sha256(`${arm} ${seed}`) },
    training: { ...task.training, batch: 4, epochs },
  }));
}

/** Epochs that take about so many seconds here. */
async function epochsFor(packed: PackedTrial, seconds: number): Promise<number> {
  const probe = 3;
  const [task] = tasksOf(packed, 'probe', probe);
  const result = await childProcessRunner(() => packed.files('probe')).run(task!, () => {}, never);
  return Math.max(2, Math.round((seconds / result.seconds) * probe));
}

function rounded({ seconds, busy }: Round): object {
  return { seconds: Math.round(seconds * 10) / 10, busy: Math.round(busy * 1000) / 1000 };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
