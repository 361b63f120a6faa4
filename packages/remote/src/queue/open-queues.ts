import type { AnyQueue, QueueServer } from './queue-server.js';
import { directoryName, type OpenQueue, readOpenQueue } from './tickets.js';

/** Says to workers that there is a queue for them. Does nothing when it is said already. */
export async function announceQueue(server: QueueServer, open: OpenQueue): Promise<void> {
  await directory(server).add('open', open, { jobId: open.queue });
}

/** Queues that workers may take from, the oldest first. Entries of another version of this program are left out. */
export async function openQueues(server: QueueServer): Promise<readonly OpenQueue[]> {
  const jobs = await directory(server).getJobs(['waiting', 'prioritized'], 0, 10_000, true);
  return jobs.flatMap((job) => readOpenQueue(job?.data) ?? []);
}

/** Names of the open queues of a study, those of its earlier coordinators included. @param id the study's among the queues */
export async function queuesOfStudy(server: QueueServer, id: string): Promise<readonly string[]> {
  return (await openQueues(server)).map(({ queue }) => queue).filter((name) => name.startsWith(`${id}-`));
}

/** Ends a queue: no worker takes from it any more; what workers hold is theirs to end. */
export async function closeQueue(server: QueueServer, name: string): Promise<void> {
  await directory(server).remove(name);
  const queue = server.queue(name);
  await queue.drain();
  for (const state of ['completed', 'failed'] as const) await queue.clean(0, 100_000, state);
}

function directory(server: QueueServer): AnyQueue {
  return server.queue(directoryName);
}
