import type { Exchange } from '../exchange/exchange.js';
import { closeQueue, queuesOfStudy } from './open-queues.js';
import { connectQueue } from './queue-server.js';
import { knownQueueId } from './study-queue-id.js';
import { readTrialTicket } from './tickets.js';

export interface CancelledTrials {
  /** Trials that no worker had begun. */
  readonly waiting: number;
  /** Trials that a worker computes: it stops within seconds and keeps the checkpoint. */
  readonly running: number;
}

/**
 * Cancels all trials of a study that are in a queue or on a worker. What was published stays; a later run of the study asks for
 * the others again.
 *
 * @throws ChromarayError as `connectQueue` does, and what the exchange throws
 */
export async function cancelTrials({
  queueUrl,
  exchange,
  studyFolder,
  signal,
}: {
  readonly queueUrl: string;
  readonly exchange: Exchange;
  readonly studyFolder: string;
  readonly signal: AbortSignal;
}): Promise<CancelledTrials> {
  const id = knownQueueId(studyFolder);
  if (id === undefined) return { waiting: 0, running: 0 };
  const server = await connectQueue(queueUrl);
  const count = { waiting: 0, running: 0 };
  try {
    for (const name of await queuesOfStudy(server, id)) {
      const queue = server.queue(name);
      const jobs = await queue.getJobs(['waiting', 'prioritized', 'delayed', 'active']);
      for (const job of jobs) {
        const ticket = readTrialTicket(job?.data);
        if (ticket === undefined) continue;
        await exchange.cancel(ticket.trial, signal);
        const removed = await queue.remove(ticket.trial).catch(() => 0);
        count[removed === 0 ? 'running' : 'waiting']++;
      }
      await closeQueue(server, name);
    }
    return count;
  } finally {
    await server.close();
  }
}
