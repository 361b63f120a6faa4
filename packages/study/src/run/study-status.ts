import { existsSync } from 'node:fs';
import path from 'node:path';
import { computedBy, type EventError, type StudyEvent, type StudyFile, type StudyFolder } from '@chromaray/contracts';
import { isHeld, openStudyReader, readArtefactIfAny, type StoredTrial, type StudyReader } from '@chromaray/store';
import { readStudyFile } from '../study-file/read.js';
import { type TuningStatus, tuningStatus } from '../tune/tuning-status.js';
import { findStudy } from './find-study.js';
import { idleShareOf } from './idle-share.js';
import { otherSplits } from './other-splits.js';
import { profileOf } from './profile-of.js';

/** How far one trial is. */
export interface TrialState {
  readonly arm: string;
  readonly seed: number;
  /** 1: the study's own split; from 2: a further one, or a fold. */
  readonly split: number;
  readonly status: 'waiting' | 'running' | 'interrupted' | 'done' | 'failed';
  readonly epochsDone: number;
  /** Best so far; null before the first epoch. */
  readonly validationAuroc: number | null;
  readonly seconds: number | null;
  /** Share of the training time spent waiting for images, 0 to 1; null before the trial has ended. */
  readonly idleShare: number | null;
  /** The worker or node that computes or computed it, or computed last; null for the machine that runs the study. */
  readonly worker: string | null;
  /** What computed it: its execution profile; null before it has ended. */
  readonly profile: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

export interface StudyStatus {
  readonly study: string;
  readonly folder: string;
  /** Of every split, those not begun included; empty before the study's trials are planned. */
  readonly trials: readonly TrialState[];
  /** The search for hyperparameters; null for a study without one, or before it began. */
  readonly tuning: TuningStatus | null;
  /** What computed the trials that are done, in sentences; null before any is. */
  readonly computed: string | null;
  /** Whether a run holds the study now. */
  readonly running: boolean;
  /** Why the last run ended without a verdict; null when it concluded, is under way or was killed. */
  readonly stopped: EventError | null;
}

/** How far a study is; may be called while it runs. */
export function readStudyStatus(study: string, studies: string): StudyStatus {
  const folder = findStudy(study, studies);
  const store = openStudyReader(folder);
  try {
    const { events } = store.events();
    const own = trialsOf(store, 1, lastWorkers(events));
    const others = own.length === 0 ? [] : trialsOfOtherSplits(folder);
    return {
      study: path.basename(folder.root),
      folder: folder.root,
      trials: [...own, ...others],
      tuning: tuningStatus(folder),
      computed:
        computedBy(
          [...own, ...others].filter(({ status }) => status === 'done'),
          controlOf(folder),
        ) ?? null,
      running: isHeld(folder.lock),
      stopped: stoppedBy(events),
    };
  } finally {
    store.close();
  }
}

function trialsOfOtherSplits(folder: StudyFolder): readonly TrialState[] {
  if (!existsSync(folder.studyFile)) return [];
  const study = readStudyFile(folder.studyFile);
  const records = readArtefactIfAny('manifest', folder.manifest)?.records ?? [];
  return otherSplits(study, records).flatMap((number) => trialsOfSplit(study, folder, number));
}

function trialsOfSplit(study: StudyFile, { split, lock }: StudyFolder, number: number): readonly TrialState[] {
  const file = split(number).store;
  if (!existsSync(file)) return waitingTrials(study, number);
  // A run holds the study's folder alone, not those of its splits.
  const store = openStudyReader({ store: file, lock });
  try {
    const planned = trialsOf(store, number);
    return planned.length === 0 ? waitingTrials(study, number) : planned;
  } finally {
    store.close();
  }
}

function waitingTrials({ arms, seeds }: StudyFile, split: number): readonly TrialState[] {
  return seeds.flatMap((seed) =>
    arms.map(({ name }) => ({
      ...{ arm: name, seed, split, status: 'waiting' as const, epochsDone: 0 },
      ...{ validationAuroc: null, seconds: null, idleShare: null, worker: null, profile: null, error: null },
    })),
  );
}

function trialsOf(
  store: StudyReader,
  split: number,
  workers: ReadonlyMap<string, string | null> = new Map(),
): readonly TrialState[] {
  return store.trials().map((trial) => {
    const epochs = store.epochs(trial);
    const aurocs = epochs.flatMap(({ validationAuroc }) => validationAuroc ?? []);
    return {
      arm: trial.arm,
      seed: trial.seed,
      split,
      status: trial.status,
      epochsDone: epochs.length,
      validationAuroc: aurocs.length === 0 ? null : Math.max(...aurocs),
      seconds: trial.seconds,
      idleShare: idleShareOf(trial),
      worker: workerOf(trial) ?? workers.get(keyOf(trial)) ?? null,
      profile: profileOf(trial),
      error: trial.error === null ? null : { code: trial.error.code, message: trial.error.message },
    };
  });
}

/** Name of the control arm, where the study's file is there. */
function controlOf({ studyFile }: StudyFolder): string | undefined {
  return existsSync(studyFile) ? readStudyFile(studyFile).arms.find(({ control }) => control)?.name : undefined;
}

function workerOf({ details }: StoredTrial): string | undefined {
  return typeof details.worker === 'string' ? details.worker : undefined;
}

function keyOf({ arm, seed }: Pick<TrialState, 'arm' | 'seed'>): string {
  return `${seed} ${arm}`;
}

/** Who began or resumed each trial last; null: the machine that runs the study. */
function lastWorkers(events: readonly StudyEvent[]): ReadonlyMap<string, string | null> {
  const workers = new Map<string, string | null>();
  for (const event of events) {
    if (event.kind === 'trial-started' || event.kind === 'trial-resumed')
      workers.set(keyOf(event), event.worker ?? null);
  }
  return workers;
}

function stoppedBy(events: readonly StudyEvent[]): EventError | null {
  const last = events.findLast(({ kind }) => kind === 'run-started' || kind === 'run-ended');
  return last?.kind === 'run-ended' ? last.error : null;
}
