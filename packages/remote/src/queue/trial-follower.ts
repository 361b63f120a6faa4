import { setTimeout as wait } from 'node:timers/promises';
import { deserializeError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { cancelled, runAll, type TrialTask } from '@chromaray/trials';
import type { Exchange } from '../exchange/exchange.js';
import { collectResult } from '../run/collect-result.js';
import type { FollowedTrial } from './followed-trial.js';
import { announceQueue } from './open-queues.js';
import type { AnyJob, AnyQueue, QueueServer } from './queue-server.js';
import { ofServer, ServerAway } from './server-away.js';
import { type OpenQueue, readFailure, readProgress, type TrialFailure } from './tickets.js';

/** Trials whose results are fetched at the same time. */
const atOnce = 8;
const pollMilliseconds = 500;
/** Polls between two looks for trials that their queue has lost. */
const pollsPerSweep = 20;
/** Most jobs of a state that are asked for at once. */
const most = 10_000;

/**
 * Follows trials that are in queues, to their end, by asking what has become of them. Nothing rests on being told: a server that was away, or lost what it
 * kept, is only slower.
 */
export class TrialFollower {
  private readonly followed = new Map<string, FollowedTrial>();
  private readonly queues = new Map<string, OpenQueue>();
  private readonly settledTasks: TrialTask[] = [];
  private readonly closing = new AbortController();
  private polling = false;

  constructor(
    private readonly server: QueueServer,
    private readonly exchange: Exchange,
  ) {}

  /** Trials whose results were taken. */
  get settled(): readonly TrialTask[] {
    return this.settledTasks;
  }

  /** Whether some trials have not come to their end. */
  get busy(): boolean {
    return this.followed.size > 0;
  }

  /** @returns whether trials of this queue were followed before: if not, workers are to be told of it */
  knows(open: OpenQueue): boolean {
    const known = this.queues.has(open.queue);
    this.queues.set(open.queue, open);
    return known;
  }

  /** A trial that had its result already. */
  wasThere(followed: FollowedTrial, job: AnyJob | undefined): void {
    hear(followed, job);
    this.settledTasks.push(followed.task);
  }

  /** Follows a trial that is in its queue until it is settled, or left. */
  add(followed: FollowedTrial): void {
    this.followed.set(followed.id, followed);
    this.poll();
  }

  /** The trial stays in its queue. */
  leave(followed: FollowedTrial): void {
    this.followed.delete(followed.id);
  }

  close(): void {
    this.closing.abort();
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
        for (const name of this.queues.keys()) await this.look(this.server.queue(name));
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
    const result = await collectResult(this.exchange, task, files.model, this.closing.signal);
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
      await this.exchange.cancel(followed.id, this.closing.signal).catch(() => {});
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
    const { exchange, server } = this;
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
