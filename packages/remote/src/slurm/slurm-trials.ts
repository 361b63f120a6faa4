import { setTimeout as wait } from 'node:timers/promises';
import { codedError } from '@chromaray/contracts/errors';
import type { LocateFiles } from '@chromaray/trials';
import type { Exchange } from '../exchange/exchange.js';
import { folderExchange } from '../exchange/folder/folder-exchange.js';
import { collectResult } from '../run/collect-result.js';
import { sharedFolder } from './array-folder.js';
import { type ArrayPlace, type AskedTrial, FollowedTrial } from './followed-trial.js';
import { judgeEnd } from './judge-end.js';
import { isUnfinished, type QueueState } from './queue-state.js';
import { type Slurm, slurmCommands } from './slurm-commands.js';
import type { SlurmSetup } from './slurm-setup.js';
import { ArraySubmitter } from './submit-array.js';
import { trialError } from './trial-error.js';

const defaultPollSeconds = 10;
/** Polls for which a result may still be on its way through a shared file system after Slurm has ended its task. */
const settlingPolls = 3;

/** All trials of a study that run in Slurm's arrays: submits them, and follows them by their files and by Slurm's queue. */
export class SlurmTrials {
  private readonly exchange: Exchange;
  private readonly slurm: Slurm;
  private readonly submitter: ArraySubmitter;
  private readonly open = new Set<FollowedTrial>();
  private following = false;
  private readonly pollSeconds: number;

  constructor(
    setup: SlurmSetup,
    private readonly locate: LocateFiles,
  ) {
    const folder = sharedFolder(setup.shared);
    this.exchange = folderExchange(folder.exchange);
    this.slurm = setup.slurm ?? slurmCommands();
    this.pollSeconds = setup.pollSeconds ?? defaultPollSeconds;
    this.submitter = new ArraySubmitter(setup, { folder, exchange: this.exchange, slurm: this.slurm, locate });
  }

  /** Takes up trials; each is resolved or rejected by itself. */
  async begin(asked: readonly AskedTrial[]): Promise<void> {
    const trials = asked.map((one) => new FollowedTrial(one));
    for (const trial of trials) this.open.add(trial);
    try {
      await this.submitter.attach(trials);
      await this.collect(trials);
      await this.submitter.submit(trials.filter((trial) => this.open.has(trial) && trial.place === undefined));
    } catch (error) {
      for (const trial of trials) this.reject(trial, error);
      return;
    }
    if (this.following) return;
    this.following = true;
    await this.follow();
    this.following = false;
  }

  private async follow(): Promise<void> {
    while (this.open.size > 0) {
      this.leave();
      if (this.open.size === 0) return;
      try {
        await this.look();
      } catch (error) {
        for (const trial of [...this.open]) this.reject(trial, error);
        return;
      }
      await this.pause();
    }
  }

  /** A wait that ends early when trials are no longer wanted. */
  private async pause(): Promise<void> {
    const signals = [...this.open].map(({ asked }) => asked.signal);
    await wait(this.pollSeconds * 1000, undefined, { signal: AbortSignal.any(signals) }).catch(() => {});
  }

  /** One look at everything: files first, Slurm second. */
  private async look(): Promise<void> {
    for (const trial of this.open) this.guard(trial, () => trial.listen());
    await this.collect([...this.open]);
    const submitted = [...this.open].filter(({ place }) => place !== undefined);
    if (submitted.length === 0) return;
    const queue = await this.slurm.queue(submitted[0]!.asked.signal).catch(() => undefined);
    // Slurm's controller may be away for a while; trials run on, and their files tell of them.
    if (queue === undefined) return;
    const again = submitted.filter((trial) => this.open.has(trial) && this.hasEnded(trial, queue));
    if (again.length > 0) await this.submitter.submit(again);
  }

  /** Takes the results that are there. */
  private async collect(trials: readonly FollowedTrial[]): Promise<void> {
    for (const trial of trials) {
      const { task, signal } = trial.asked;
      if (signal.aborted || !this.open.has(trial)) continue;
      try {
        const result = await collectResult(this.exchange, task, this.locate(task).model, signal);
        if (result === null) continue;
        trial.listen();
        this.open.delete(trial);
        trial.asked.resolve(result);
      } catch (error) {
        if (!signal.aborted) this.reject(trial, error);
      }
    }
  }

  /** Whether a trial is to be submitted again; one that Slurm ended for good is rejected. */
  private hasEnded(trial: FollowedTrial, queue: QueueState): boolean {
    const { job, number, folder } = trial.place!;
    if (isQueued(trial.place!, queue)) {
      trial.endedSince = undefined;
      return false;
    }
    trial.endedSince ??= Date.now();
    if (Date.now() - trial.endedSince < settlingPolls * this.pollSeconds * 1000) return false;
    const state = queue.tasks.find((task) => task.job === job && task.task === number)?.state;
    // Cancelled before this coordinator came: that it came says that the trial is wanted again.
    if (state === 'CANCELLED' && trial.place!.found) return true;
    const judgement = judgeEnd({ state, fruitless: trial.fruitlessSubmissions });
    if (judgement.kind === 'again') return true;
    this.reject(trial, trialError(trial.asked.task, judgement, folder.log(number)));
    return false;
  }

  /** Lets go of trials whose signal came: Slurm goes on with them, and a later run finds them. */
  private leave(): void {
    for (const trial of [...this.open]) if (trial.asked.signal.aborted) this.reject(trial, left());
  }

  private guard(trial: FollowedTrial, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.reject(trial, error);
    }
  }

  private reject(trial: FollowedTrial, error: unknown): void {
    if (this.open.delete(trial)) trial.asked.reject(trial.asked.signal.aborted ? left() : error);
  }
}

/** Whether Slurm may still run, or run again, what is in that place. */
function isQueued({ job, number }: ArrayPlace, queue: QueueState): boolean {
  const found = queue.tasks.find((task) => task.job === job && task.task === number);
  return found === undefined ? queue.cut.has(job) : isUnfinished(found);
}

function left() {
  return codedError('CHROMARAY_TRAINING_CANCELLED', {
    message: 'The trial was left to Slurm.',
    remedy: 'Run the same command again to follow it; `chromaray study cancel` stops it.',
  });
}
