import type { TrialFiles, TrialMessage, TrialResult, TrialTask } from '@chromaray/trials';
import { trialId } from '../task/trial-id.js';
import { ProgressListener } from './progress-listener.js';
import type { AnyQueue } from './queue-server.js';
import type { TrialTicket } from './tickets.js';

/** A trial that lies in a queue or runs on a worker, as its coordinator sees it. */
export class FollowedTrial {
  readonly id: string;
  readonly listener: ProgressListener;
  readonly settled: Promise<TrialResult>;
  resolve!: (result: TrialResult) => void;
  reject!: (error: unknown) => void;

  constructor(
    readonly task: TrialTask,
    readonly files: TrialFiles,
    readonly queue: AnyQueue,
    readonly ticket: TrialTicket,
    /** Trials of lower numbers are taken first. */
    readonly priority: number,
    onMessage: (message: TrialMessage) => void,
  ) {
    this.id = trialId(task);
    this.listener = new ProgressListener(onMessage);
    this.settled = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** Puts the trial into its queue; nothing happens when it is there. */
  async enqueue(): Promise<void> {
    await this.queue.add('trial', this.ticket, {
      jobId: this.id,
      priority: this.priority,
      // For crashes; an error of the trial itself is final.
      attempts: 3,
      stackTraceLimit: 0,
    });
  }
}
