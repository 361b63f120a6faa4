import { rmSync } from 'node:fs';
import { isChromarayError, type SerializedError } from '@chromaray/base';
import type { OnStudyEvent } from '@chromaray/contracts';
import type { StudyReader, StudyWriter, TrialPrediction } from '@chromaray/store';
import { runAll, type TrialMessage, type TrialResult, type TrialRunner, type TrialTask } from '@chromaray/trials';
import type { EvaluatedRecord } from '../prepare/prepare-study.js';
import { failureOf } from '../trials/failure-of.js';
import { interrupted } from '../trials/interrupted.js';
import { rowProbabilities } from './row-probabilities.js';
import { TrainingProgress } from './training-progress.js';

export interface TrialsRequest {
  readonly store: StudyWriter & Pick<StudyReader, 'trial'>;
  /** Every trial of the study; those the store has finished are kept as they are. */
  readonly tasks: readonly TrialTask[];
  readonly evaluated: Readonly<Record<'validation' | 'test', readonly EvaluatedRecord[]>>;
  readonly runner: TrialRunner;
  /** Folder of a trial's checkpoints: removed when its results are stored. */
  readonly checkpoints: (task: TrialTask) => string;
  readonly concurrency: number;
  readonly onEvent: OnStudyEvent;
  readonly signal: AbortSignal;
}

/**
 * Runs the trials that are not finished and puts their results into the store. A trial that fails stops the
 * study after those that run at the same time; everything finished is kept, and a second call resumes.
 *
 * @throws ChromarayError the first failure; `CHROMARAY_INTERRUPTED` after `signal`
 */
export async function runTrials(request: TrialsRequest): Promise<void> {
  const { store, tasks, onEvent, signal } = request;
  const finished = (task: TrialTask): boolean => store.trial(task)?.status === 'done';
  const open = tasks.filter((task) => !finished(task));
  const progress = new TrainingProgress(tasks, tasks.filter(finished), onEvent);
  await runAll(open, request.concurrency, (task) => runOne(task, request, progress), signal);
  if (signal.aborted) throw interrupted();
}

async function runOne(task: TrialTask, request: TrialsRequest, progress: TrainingProgress): Promise<void> {
  const { store, signal } = request;
  try {
    const result = await request.runner.run(task, (message) => follow(task, message, request, progress), signal);
    keep(task, result, request);
    progress.finished(task, result.worker);
    rmSync(request.checkpoints(task), { recursive: true, force: true });
  } catch (error) {
    if (signal.aborted) {
      store.interrupt(task);
      progress.interrupted(task);
      throw interrupted();
    }
    // Taken back after another trial failed, or cancelled by somebody: it was not begun, or its checkpoint is kept.
    if (isChromarayError(error) && error.code === 'CHROMARAY_TRAINING_CANCELLED') {
      store.interrupt(task);
      progress.interrupted(task);
      throw error;
    }
    const failure = failureOf(error);
    recordFailure(store, task, failure);
    progress.failed(task, failure);
    throw error;
  }
}

/** The failure itself is what the user must see, also when the disk is too full to record it. */
function recordFailure(store: StudyWriter, task: TrialTask, failure: SerializedError): void {
  try {
    store.fail(task, failure);
  } catch {
    // The next run finds the trial as it was and resumes from its checkpoint.
  }
}

function follow(task: TrialTask, message: TrialMessage, request: TrialsRequest, progress: TrainingProgress): void {
  switch (message.kind) {
    case 'started': {
      const { backend, parameters, worker } = message;
      const { precision } = task.training;
      request.store.start(task, { backend, precision, threads: task.profile.threads, parameters });
      progress.started(task, message.resumedAtEpoch, worker);
      break;
    }
    case 'step':
      progress.step(task, message.epoch, message.step, message.steps);
      break;
    case 'epoch':
      request.store.addEpoch(task, message.epoch);
      progress.epoch(task, message.epoch);
      break;
    case 'fallback':
      progress.fellBack(task, message.reason);
      break;
  }
}

function keep(task: TrialTask, result: TrialResult, request: TrialsRequest): void {
  for (const epoch of result.epochs) request.store.addEpoch(task, epoch);
  request.store.complete(
    task,
    {
      seconds: result.epochs.reduce((sum, { seconds }) => sum + seconds, 0),
      epochsRun: result.epochs.length,
      bestEpoch: result.selectedEpoch,
      imagesPerSecond: result.imagesPerSecond,
      peakMemoryBytes: result.peakMemoryBytes,
      details: {
        stoppedBy: result.stoppedBy,
        idleShare: result.idleShare,
        profile: result.profile,
        modelHash: result.modelHash,
        ...(result.worker !== undefined && { worker: result.worker }),
      },
    },
    [...predictions('validation', result, request), ...predictions('test', result, request)],
  );
}

function predictions(part: 'validation' | 'test', result: TrialResult, request: TrialsRequest): TrialPrediction[] {
  const classes = request.tasks[0]?.classes?.names;
  return request.evaluated[part].map((record, row) => ({
    part,
    ...record,
    ...rowProbabilities(result.probabilities[part], row, classes),
  }));
}
