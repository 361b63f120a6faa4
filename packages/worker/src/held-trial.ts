import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type AnyJob,
  type BlobCache,
  decodeTask,
  differs,
  type Exchange,
  runRemoteTrial,
  type TaskMessage,
  type TrialTicket,
  taskOf,
  type WorkerNote,
} from '@chromaray/remote';
import { cancelled, type LocateFiles, type TrialMessage, type TrialRunner } from '@chromaray/trials';
import { ProgressRecord } from './progress-record.js';
import { endOf, isOfMachine, type TrialEnd, tellEnd } from './trial-end.js';

/** Milliseconds between two reports of progress, and between two looks whether a trial was cancelled. */
const pauses = { progress: 1000, cancellation: 3000 };
/** Milliseconds that the queue has to take note of an end: a server that is away must not hold up a worker that ends. */
const tellMilliseconds = 10_000;

export interface HoldContext {
  readonly exchange: Exchange;
  readonly cache: BlobCache;
  readonly scratch: string;
  readonly worker: string;
  readonly leaseMilliseconds: number;
  /** Who trains, in place of a process for the trial. */
  readonly runner?: (locate: LocateFiles) => TrialRunner;
  readonly onLine: (line: string) => void;
  /** Hand the trial back, with its checkpoint. */
  readonly signal: AbortSignal;
}

/** A trial that this worker has taken: its lease is renewed from here, where nothing computes. */
export class HeldTrial {
  private readonly ending = new AbortController();
  /** What is still to be told is told at once: the trial is over. */
  private readonly hurry = new AbortController();
  private readonly record: ProgressRecord;
  /** Why it was stopped before its end. */
  private stopped: 'draining' | 'cancelled' | 'lost' | undefined;
  private told = 0;
  private telling: Promise<void> | undefined;

  constructor(
    private readonly job: AnyJob,
    private readonly token: string,
    private readonly ticket: TrialTicket,
    private readonly context: HoldContext,
  ) {
    this.record = new ProgressRecord(context.worker);
  }

  /** For the worker's note. */
  get doing(): WorkerNote['doing'][number] {
    const { trial, study, arm, seed } = this.ticket;
    return { trial, study, arm, seed, epoch: this.record.epoch };
  }

  /** Runs the trial to some end and tells the queue. @throws ChromarayError when this machine can run none */
  async run(): Promise<void> {
    const drain = (): void => this.stop('draining');
    const { signal } = this.context;
    if (signal.aborted) drain();
    signal.addEventListener('abort', drain);
    const over = new AbortController();
    const watches = [this.keepLease(over.signal), this.watchCancellation(over.signal)];
    try {
      const [end, error] = await this.compute();
      this.hurry.abort();
      await this.telling;
      this.say(end, error);
      const tell = tellEnd(this.job, this.token, end).catch(() => {});
      await Promise.race([tell, wait(tellMilliseconds, undefined, { ref: false })]);
      if (isOfMachine(error)) throw error;
    } finally {
      over.abort();
      signal.removeEventListener('abort', drain);
      await Promise.all(watches);
    }
  }

  private async compute(): Promise<readonly [end: TrialEnd, error?: unknown]> {
    const { exchange, cache, scratch, worker, runner } = this.context;
    const { signal } = this.ending;
    try {
      const message = await this.task();
      this.context.onLine(`Takes ${this.title}, of the study ${this.ticket.study}.`);
      const how = await runRemoteTrial(message, {
        ...{ exchange, cache, scratch, worker, signal },
        ...(runner !== undefined && { runner }),
        onPhase: (phase) => {
          this.record.phase(phase);
          this.tell();
        },
        onMessage: (said) => this.follow(said),
      });
      if (this.stopped === 'lost') return [{ kind: 'lost' }];
      if (how !== 'different') return [{ kind: 'done', how }];
      const error = differs(taskOf(message), [worker, 'the worker of the first result'], exchange.address);
      return [{ kind: 'failed', error }, error];
    } catch (error) {
      if (this.stopped === 'lost') return [{ kind: 'lost' }];
      if (this.stopped === 'draining') return [{ kind: 'back' }];
      if (this.stopped === 'cancelled') return [{ kind: 'failed', error: cancelled() }];
      return [endOf(error), error];
    }
  }

  private async task(): Promise<TaskMessage> {
    const { task, trial } = this.ticket;
    const read = async (file: string): Promise<TaskMessage> => decodeTask(readFileSync(file, 'utf8'));
    const message = await this.context.cache.lend([task], this.ending.signal, (file) => read(file(task)));
    if (message.trial !== trial) throw new Error(`the task of trial ${trial} is of trial ${message.trial}`);
    return message;
  }

  private follow(said: TrialMessage): void {
    this.record.follow(said);
    this.tell();
    if (said.kind === 'started' && said.resumedAtEpoch > 0) {
      this.context.onLine(`${this.title}: goes on after epoch ${said.resumedAtEpoch}.`);
    }
    if (said.kind === 'epoch') {
      const { epoch, validationAuroc } = said.epoch;
      this.context.onLine(`${this.title}: epoch ${epoch}, validation AUROC ${validationAuroc.toFixed(3)}.`);
    }
  }

  /** Passes the progress on, at most once at a time; what comes meanwhile goes with the next. */
  private tell(): void {
    this.telling ??= this.passOn().finally(() => {
      this.telling = undefined;
    });
  }

  private async passOn(): Promise<void> {
    const pause = this.told + pauses.progress - performance.now();
    if (pause > 0) await wait(pause, undefined, { signal: this.hurry.signal }).catch(() => {});
    this.told = performance.now();
    const told = this.job.updateProgress(this.record.current).catch(() => {});
    await Promise.race([told, wait(tellMilliseconds, undefined, { ref: false })]);
  }

  private async keepLease(over: AbortSignal): Promise<void> {
    const { leaseMilliseconds } = this.context;
    while (await pause(leaseMilliseconds / 3, over)) {
      // While the server is away nobody else gets the trial either.
      const renewed = this.job.extendLock(this.token, leaseMilliseconds).then(Boolean, isNoLoss);
      const answer = await Promise.race([renewed, wait(leaseMilliseconds, true, { ref: false })]);
      if (!answer) return this.stop('lost');
    }
  }

  private async watchCancellation(over: AbortSignal): Promise<void> {
    const { exchange } = this.context;
    const { trial } = this.ticket;
    while (await pause(pauses.cancellation, over)) {
      // An exchange that cannot be asked stops nothing.
      if (await exchange.cancelled(trial, over).catch(() => false)) return this.stop('cancelled');
    }
  }

  private stop(why: 'draining' | 'cancelled' | 'lost'): void {
    if (this.ending.signal.aborted) return;
    this.stopped = why;
    this.ending.abort();
    this.hurry.abort();
  }

  private get title(): string {
    return `${this.ticket.arm}, seed ${this.ticket.seed}`;
  }

  private say(end: TrialEnd, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const said: Readonly<Record<TrialEnd['kind'], string>> = {
      done: 'done',
      back: error === undefined ? 'handed back' : `handed back: ${message}`,
      failed: this.stopped === 'cancelled' ? 'cancelled' : `failed: ${message}`,
      crashed: `failed, and is tried again: ${message}`,
      lost: 'another worker has it; stopped here',
    };
    this.context.onLine(`${this.title}: ${said[end.kind].replace(/\.$/, '')}.`);
  }
}

/** What a renewal that failed means: an answer of the queue that the lease is another's, or no answer. */
function isNoLoss(error: unknown): boolean {
  return !/lock/i.test(String(error));
}

async function pause(milliseconds: number, over: AbortSignal): Promise<boolean> {
  await wait(milliseconds, undefined, { signal: over }).catch(() => {});
  return !over.aborted;
}
