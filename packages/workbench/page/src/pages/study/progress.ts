import type { StudyEventLike } from '../../api/use-events.js';

/** What a study does just now. */
export interface Progress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  /** The split or fold that is worked on, from 1; undefined where the work is none of a trial's. */
  readonly split: number | undefined;
  /** How far each trial that runs is within its epoch, by {@link trialKey}. */
  readonly trials: ReadonlyMap<string, TrialProgress>;
  /** Where the phase was some time ago, to tell its pace. */
  readonly seen: readonly { readonly at: number; readonly done: number }[];
}

export interface TrialProgress {
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly steps: number;
}

/** Milliseconds over which pace is measured. */
const paceOver = 30_000;
/** Below it, the pace says little. */
const leastPace = 2000;

/** @param split 1: the study's own */
export function trialKey(arm: string, seed: number, split = 1): string {
  return `${split} ${seed} ${arm}`;
}

/** What is known of the progress after further events. */
export function withProgress(before: Progress | undefined, events: readonly StudyEventLike[]): Progress | undefined {
  return events.reduce<Progress | undefined>((now, event) => {
    if (event.kind === 'run-ended') return undefined;
    if (event.kind === 'trial-finished' || event.kind === 'trial-failed') return without(now, event);
    return event.kind === 'progress' ? next(now, event as ProgressEvent) : now;
  }, before);
}

/** Seconds until the phase is done at its present pace; undefined while that is not known. */
export function secondsLeft({ seen, done, total }: Progress): number | undefined {
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < leastPace || last.done <= first.done)
    return undefined;
  return ((total - done) * (last.at - first.at)) / (last.done - first.done) / 1000;
}

/** Each split has steps of its own, so a study of several says which these are of. @param several what its splits are called */
export function whichSplit({ split }: Progress, several: string | undefined): { of: string; left: string } {
  return several === undefined || split === undefined
    ? { of: '', left: 'left' }
    : { of: ` of ${several} ${split}`, left: `left of this ${several}` };
}

type ProgressEvent = StudyEventLike &
  Omit<Progress, 'split' | 'trials' | 'seen'> &
  Partial<TrialProgress & { arm: string; seed: number; split: number }>;

function next(now: Progress | undefined, event: ProgressEvent): Progress {
  const { phase, done, total, unit, arm, seed, split, epoch, epochs, step, steps } = event;
  const at = Date.parse(event.at);
  const ofSplit = arm === undefined || seed === undefined ? undefined : (split ?? 1);
  const same = now !== undefined && now.phase === phase && now.split === ofSplit && now.done <= done;
  const seen = same ? now.seen.filter((one) => at - one.at <= paceOver) : [];
  const trials = new Map(now?.trials);
  if (arm !== undefined && seed !== undefined && epoch !== undefined)
    trials.set(trialKey(arm, seed, split), { epoch, epochs: epochs ?? epoch, step: step ?? 0, steps: steps ?? 0 });
  return { ...{ phase, done, total, unit, trials }, split: ofSplit, seen: [...seen, { at, done }] };
}

function without(now: Progress | undefined, event: StudyEventLike): Progress | undefined {
  if (now === undefined) return undefined;
  const { arm, seed, split } = event as unknown as { arm: string; seed: number; split?: number };
  const trials = new Map(now.trials);
  trials.delete(trialKey(arm, seed, split));
  return { ...now, trials };
}
