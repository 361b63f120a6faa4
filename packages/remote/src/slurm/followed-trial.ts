import { deserializeError } from '@chromaray/base';
import type { TrialMessage, TrialResult, TrialTask } from '@chromaray/trials';
import { trialId } from '../task/trial-id.js';
import type { ArrayFolder } from './array-folder.js';
import { ReportReader } from './trial-report.js';

/** A trial as a runner is asked for it. */
export interface AskedTrial {
  readonly task: TrialTask;
  readonly onMessage: (message: TrialMessage) => void;
  readonly signal: AbortSignal;
  readonly resolve: (result: TrialResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Where a trial is: its array, and its number in it. */
export interface ArrayPlace {
  /** Slurm's number of the array. */
  readonly job: number;
  readonly number: number;
  readonly folder: ArrayFolder;
  /** Whether it was found in Slurm's queue, submitted by an earlier coordinator. */
  readonly found: boolean;
}

/** A trial that is queued or runs: where it is, and what its reports have said. */
export class FollowedTrial {
  readonly id: string;
  /** Undefined before it is submitted. */
  place: ArrayPlace | undefined;
  /** When Slurm was first seen to have ended it without a result, in milliseconds; undefined while it has not. */
  endedSince: number | undefined;
  /** Submissions without an epoch more than before. */
  private fruitless = 0;
  private epochs = 0;
  private epochsAtSubmission = 0;
  private reports: ReportReader | undefined;
  /** The node that reported last. */
  private machine: string | undefined;

  constructor(readonly asked: AskedTrial) {
    this.id = trialId(asked.task);
  }

  submitted(place: ArrayPlace): void {
    this.place = place;
    this.reports = new ReportReader(place.folder.report(place.number));
    this.endedSince = undefined;
    this.fruitless = this.fruitlessSubmissions + 1;
    this.epochsAtSubmission = this.epochs;
  }

  private get where(): { readonly worker?: string } {
    return this.machine === undefined ? {} : { worker: this.machine };
  }

  /** Submissions in a row that came to nothing if this one has ended. */
  get fruitlessSubmissions(): number {
    return this.epochs > this.epochsAtSubmission ? 0 : this.fruitless;
  }

  /** Passes on what was reported since. @throws the error that the trial ended with; what the listener throws */
  listen(): void {
    for (const said of this.reports?.read() ?? []) {
      if (said.kind === 'failed') throw deserializeError(said.error);
      if (said.kind === 'on') this.machine = said.machine;
      if (said.kind === 'on' || said.kind === 'short') continue;
      if (said.kind === 'epoch') this.epochs = Math.max(this.epochs, said.epoch.epoch);
      this.asked.onMessage(said.kind === 'started' ? { ...said, ...this.where } : said);
    }
  }
}
