import path from 'node:path';
import {
  cancelled,
  type LocateFiles,
  runAll,
  type TrialMessage,
  type TrialResult,
  type TrialRunner,
  type TrialTask,
} from '@chromaray/trials';
import type { Exchange } from '../exchange/exchange.js';
import { collectResult } from '../run/collect-result.js';
import { TaskPublisher } from '../run/publish-task.js';
import { trialId } from '../task/trial-id.js';
import { abortable } from './abortable.js';
import { FollowedTrial } from './followed-trial.js';
import { Gate } from './gate.js';
import { announceQueue, closeQueue, queuesOfStudy } from './open-queues.js';
import type { QueueServer } from './queue-server.js';
import { untilAnswered } from './server-away.js';
import { messageFormat, openQueueOf } from './tickets.js';
import { TrialFollower } from './trial-follower.js';

/** Trials whose files are published at the same time. */
const atOnce = 8;

export interface QueuedStudy {
  readonly server: QueueServer;
  readonly exchange: Exchange;
  /** The study's name among the queues. */
  readonly id: string;
  /** The study's own name. */
  readonly study: string;
  /** A folder for what is written on the way. */
  readonly scratch: string;
}

/** The trials of a study that workers run: puts them into queues, and has them followed. A coordinator that was away is only slower. */
export class QueueTrials {
  private readonly follower: TrialFollower;
  private readonly gate = new Gate(atOnce);
  private calls = 0;

  constructor(private readonly setup: QueuedStudy) {
    this.follower = new TrialFollower(setup.server, setup.exchange);
  }

  runner(locate: LocateFiles, memoryBytes: number): TrialRunner {
    const { exchange, study, scratch } = this.setup;
    const publisher = new TaskPublisher(exchange, { study, memoryBytes }, scratch);
    return {
      run: (task, onMessage, signal) => this.run({ task, locate, memoryBytes, publisher, onMessage }, signal),
    };
  }

  /** @throws ChromarayError `CHROMARAY_REMOTE_DIFFERS` for a trial that another worker ended otherwise after it was settled */
  async finish(signal: AbortSignal): Promise<void> {
    await runAll(
      this.follower.settled,
      atOnce,
      async (task) => {
        const others = await this.setup.exchange.conflicts(trialId(task), signal);
        // Throws when there are others.
        if (others.length > 0)
          await collectResult(this.setup.exchange, task, path.join(this.setup.scratch, 'none'), signal);
      },
      signal,
    );
    if (this.follower.busy) return;
    const { server, id } = this.setup;
    const close = async (): Promise<void> => {
      for (const name of await queuesOfStudy(server, id)) await closeQueue(server, name);
    };
    await abortable(untilAnswered(close, signal), signal);
  }

  async close(): Promise<void> {
    this.follower.close();
    await this.setup.server.close();
  }

  private async run(call: Call, signal: AbortSignal): Promise<TrialResult> {
    const priority = ++this.calls;
    let followed: FollowedTrial | undefined;
    try {
      const begun = await this.gate.through(async () => {
        signal.throwIfAborted();
        return abortable(this.begin(call, priority, signal), signal);
      });
      if (!(begun instanceof FollowedTrial)) return begun;
      followed = begun;
      return await abortable(followed.settled, signal);
    } catch (error) {
      // The trial stays in its queue: this coordinator goes, the workers do not.
      throw signal.aborted ? cancelled() : error;
    } finally {
      if (followed !== undefined) this.follower.leave(followed);
    }
  }

  private async begin(call: Call, priority: number, signal: AbortSignal): Promise<TrialResult | FollowedTrial> {
    const { task, locate, memoryBytes, publisher, onMessage } = call;
    const { exchange, server, study, id } = this.setup;
    const files = locate(task);
    const trial = trialId(task);
    const open = openQueueOf(task, { study, id, memoryBytes });
    const queue = server.queue(open.queue);
    const ask = <T>(asked: () => Promise<T>): Promise<T> => untilAnswered(asked, signal);
    const known = await ask(() => queue.getJob(trial));
    const result = await collectResult(exchange, task, files.model, signal);
    const { arm, seed } = task;
    const followed = new FollowedTrial(
      task,
      files,
      queue,
      {
        format: messageFormat,
        ...{ trial, study, arm, seed },
        task: result === null ? await publisher.publish(task, files, signal) : { sha256: trial, bytes: 0 },
      },
      priority,
      onMessage,
    );
    if (result !== null) {
      this.follower.wasThere(followed, known);
      if (known !== undefined) await ask(() => queue.remove(trial));
      return result;
    }
    await exchange.want(trial, signal);
    // What became of it before is over; a worker that has it keeps it.
    if (known?.finishedOn !== undefined) await ask(() => queue.remove(trial));
    if (!this.follower.knows(open)) await ask(() => announceQueue(server, open));
    await ask(() => followed.enqueue());
    signal.throwIfAborted();
    this.follower.add(followed);
    return followed;
  }
}

interface Call {
  readonly task: TrialTask;
  readonly locate: LocateFiles;
  readonly memoryBytes: number;
  readonly publisher: TaskPublisher;
  readonly onMessage: (message: TrialMessage) => void;
}
