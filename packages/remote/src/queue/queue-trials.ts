import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { deserializeError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
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
import type { AnyJob, AnyQueue, QueueServer } from './queue-server.js';
import { ofServer, ServerAway, untilAnswered } from './server-away.js';
import { messageFormat, type OpenQueue, openQueueOf, readFailure, readProgress, type TrialFailure } from './tickets.js';

/** Trials whose files are published, or whose results are fetched, at the same time. */
const atOnce = 8;
const pollMilliseconds = 500;
/** Polls between two looks for trials that their queue has lost. */
const pollsPerSweep = 20;
/** Most jobs of a state that are asked for at once. */
const most = 10_000;

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

/**
 * The trials of a study that workers run: puts them into queues, and follows them by asking what has become of them. Nothing
 * rests on being told: a server that was away, or lost what it kept, and a coordinator that was away are only slower.
 */
export class QueueTrials {
  private readonly followed = new Map<string, FollowedTrial>();
  private readonly queues = new Map<string, OpenQueue>();
  private readonly settledTasks: TrialTask[] = [];
  private readonly gate = new Gate(atOnce);
  private readonly closing = new AbortController();
  private polling = false;
  private calls = 0;

  constructor(private readonly setup: QueuedStudy) {}

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
      this.settledTasks,
      atOnce,
      async (task) => {
        const others = await this.setup.exchange.conflicts(trialId(task), signal);
        // Throws when there are others.
        if (others.length > 0)
          await collectResult(this.setup.exchange, task, path.join(this.setup.scratch, 'none'), signal);
      },
      signal,
    );
    if (this.followed.size > 0) return;
    const { server, id } = this.setup;
    const close = async (): Promise<void> => {
      for (const name of await queuesOfStudy(server, id)) await closeQueue(server, name);
    };
    await abortable(untilAnswered(close, signal), signal);
  }

  async close(): Promise<void> {
    this.closing.abort();
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
      this.poll();
      return await abortable(followed.settled, signal);
    } catch (error) {
      // The trial stays in its queue: this coordinator goes, the workers do not.
      throw signal.aborted ? cancelled() : error;
    } finally {
      if (followed !== undefined) this.followed.delete(followed.id);
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
      hear(followed, known);
      this.settledTasks.push(task);
      if (known !== undefined) await ask(() => queue.remove(trial));
      return result;
    }
    await exchange.want(trial, signal);
    // What became of it before is over; a worker that has it keeps it.
    if (known?.finishedOn !== undefined) await ask(() => queue.remove(trial));
    if (!this.queues.has(open.queue)) {
      this.queues.set(open.queue, open);
      await ask(() => announceQueue(server, open));
    }
    await ask(() => followed.enqueue());
    signal.throwIfAborted();
    this.followed.set(trial, followed);
    return followed;
  }

  private poll(): void {
    if (this.polling) return;
    this.polling = true;
    void this.follow().finally(() => {
      this.polling = false;
      // Somebody came while the last was leaving.
      if (this.followed.size > 0 && !this.closing.signal.aborted) this.poll();
    });
  }

  private async follow(): Promise<void> {
    for (let polls = 1; this.followed.size > 0 && !this.closing.signal.aborted; polls++) {
      try {
        for (const name of this.queues.keys()) await this.look(this.setup.server.queue(name));
        if (polls % pollsPerSweep === 0) await this.sweep();
      } catch {
        // The server is away, or this coordinator ends: asked again, or not.
      }
      await wait(pollMilliseconds, undefined, { signal: this.closing.signal }).catch(() => {});
    }
  }

  private async look(queue: AnyQueue): Promise<void> {
    const jobs = (state: 'active' | 'completed' | 'failed') => queue.getJobs([state], 0, most, true);
    for (const job of await jobs('active')) {
      const followed = this.of(job);
      if (followed !== undefined) await this.guarded(followed, async () => hear(followed, job));
    }
    const settle = async (job: AnyJob): Promise<void> => {
      const followed = this.of(job);
      if (followed !== undefined) await this.guarded(followed, () => this.settle(followed, job));
    };
    await runAll([...(await jobs('completed')), ...(await jobs('failed'))], atOnce, settle, this.closing.signal);
  }

  private of(job: AnyJob | undefined): FollowedTrial | undefined {
    return this.followed.get(job?.id ?? '');
  }

  private async settle(followed: FollowedTrial, job: AnyJob): Promise<void> {
    hear(followed, job);
    const failure = job.failedReason ? (readFailure(job.failedReason) ?? crashOf(job.failedReason)) : undefined;
    if (failure !== undefined) throw deserializeError({ ...failure, details: {} });
    const collected = await this.collect(followed);
    await ofServer(followed.queue.remove(followed.id));
    // Somebody removed the result.
    if (!collected) await ofServer(followed.enqueue());
  }

  private async collect(followed: FollowedTrial): Promise<boolean> {
    const { task, files } = followed;
    const result = await collectResult(this.setup.exchange, task, files.model, this.closing.signal);
    if (result === null) return false;
    this.settledTasks.push(task);
    this.followed.delete(followed.id);
    followed.resolve(result);
    return true;
  }

  /** An error ends the trial, and takes back those that nobody has begun: their study stops. */
  private async guarded(followed: FollowedTrial, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof ServerAway) throw error;
      if (this.closing.signal.aborted || !this.followed.has(followed.id)) return;
      this.followed.delete(followed.id);
      followed.reject(error);
      await this.setup.exchange.cancel(followed.id, this.closing.signal).catch(() => {});
      await this.takeBackWaiting();
    }
  }

  private async takeBackWaiting(): Promise<void> {
    for (const followed of [...this.followed.values()]) {
      // Fails for those that a worker has; they are followed to their end.
      const removed = await followed.queue.remove(followed.id).catch(() => 0);
      if (removed === 0) continue;
      this.followed.delete(followed.id);
      followed.reject(cancelled());
    }
  }

  /** Looks after trials that are in no state: their server lost them, or somebody cancelled them. */
  private async sweep(): Promise<void> {
    const { exchange, server } = this.setup;
    for (const open of this.queues.values()) {
      const queue = server.queue(open.queue);
      const jobs = await queue.getJobs(
        ['active', 'waiting', 'prioritized', 'delayed', 'completed', 'failed'],
        0,
        most,
        true,
      );
      const there = new Set(jobs.map((job) => job?.id));
      const missing = [...this.followed.values()].filter((one) => one.queue === queue && !there.has(one.id));
      await announceQueue(server, open);
      if (missing.length === 0) continue;
      await runAll(
        missing,
        atOnce,
        (followed) =>
          this.guarded(followed, async () => {
            if (await this.collect(followed)) return;
            if (await exchange.cancelled(followed.id, this.closing.signal)) throw cancelled();
            await ofServer(followed.enqueue());
          }),
        this.closing.signal,
      );
    }
  }
}

interface Call {
  readonly task: TrialTask;
  readonly locate: LocateFiles;
  readonly memoryBytes: number;
  readonly publisher: TaskPublisher;
  readonly onMessage: (message: TrialMessage) => void;
}

function hear(followed: FollowedTrial, job: AnyJob | undefined): void {
  const progress = readProgress(job?.progress);
  if (progress !== undefined) followed.listener.hear(progress);
}

/** What a worker of another kind left in place of an error. */
function crashOf(reason: string): TrialFailure {
  const { message, remedy, code, name } = codedError('CHROMARAY_TRIAL_CRASHED', {
    message: `The queue gave the trial up: ${reason}.`,
  });
  return { message, remedy, code, name };
}
