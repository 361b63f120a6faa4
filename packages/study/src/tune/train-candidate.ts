import { rmSync } from 'node:fs';
import { isChromarayError } from '@chromaray/base';
import type { StudyFolder } from '@chromaray/contracts';
import type { StoredTrial, StudyStore } from '@chromaray/store';
import type { TrialMessage, TrialResult, TrialRunner, TrialTask } from '@chromaray/trials';
import { failureOf } from '../trials/failure-of.js';
import { interrupted } from '../trials/interrupted.js';
import type { SearchProgress } from './search-progress.js';

export interface CandidateContext {
  readonly store: StudyStore;
  /** The search's own. */
  readonly folder: StudyFolder;
  readonly runner: TrialRunner;
  readonly progress: SearchProgress;
  readonly signal: AbortSignal;
}

/** What the store remembers of the stages that a candidate has been through. */
interface Stages {
  /** Epochs it had when its last stage ended. */
  readonly reached: number;
  /** Epochs trained in all; more than `reached` where a stage began anew. */
  readonly trained: number;
}

const diverged = 'CHROMARAY_TRAINING_NOT_FINITE';

/** Whether a candidate's loss has stopped being a number: it is out of the search, which goes on. */
export function hasDiverged(trial: StoredTrial | undefined): boolean {
  return trial?.status === 'failed' && trial.error?.code === diverged;
}

/** Whether a candidate needs no more training to be ranked after so many epochs. */
export function hasReached({ store }: Pick<CandidateContext, 'store'>, task: TrialTask, epochs: number): boolean {
  const trial = store.trial(task);
  if (hasDiverged(trial)) return true;
  if (trial?.status !== 'done') return false;
  return trial.details.stoppedBy === 'early' || stagesOf(trial).reached >= epochs;
}

/** Epochs that were trained for a candidate in all stages, and whether each went on from where the last had ended. */
export function trainingOf(trial: StoredTrial): { readonly trained: number; readonly continued: boolean } {
  const { reached, trained } = stagesOf(trial);
  return { trained, continued: trained === reached };
}

function stagesOf({ details }: StoredTrial): Stages {
  const { reached = 0, trained = 0 } = details as Partial<Stages>;
  return { reached, trained };
}

/**
 * Trains a candidate up to an epoch, from where its last stage, or a run that was interrupted, left it.
 *
 * @throws ChromarayError what the trial throws, unless its loss is no number any more; `CHROMARAY_INTERRUPTED`
 */
export async function trainCandidate(task: TrialTask, epochs: number, context: CandidateContext): Promise<void> {
  const { store, folder, runner, signal } = context;
  const before = stagesOf(store.trial(task)!);
  let begun = 0;
  try {
    const stage = { ...task, until: epochs };
    const follow = (message: TrialMessage): void => {
      if (message.kind === 'started') begun = message.resumedAtEpoch;
      pass(task, message, context);
    };
    const result = await runner.run(stage, follow, signal);
    keep(task, result, { before, begun }, context);
  } catch (error) {
    if (signal.aborted) {
      store.interrupt(task);
      throw interrupted();
    }
    store.fail(task, failureOf(error));
    if (!isChromarayError(error) || error.code !== diverged) throw error;
  } finally {
    rmSync(folder.model(task.arm, task.seed), { force: true });
  }
  context.progress.at(task, epochs);
}

/** What a trial reports goes into the store and to whoever watches. */
function pass(task: TrialTask, message: TrialMessage, { store, progress }: CandidateContext): void {
  switch (message.kind) {
    case 'started': {
      const { backend, parameters } = message;
      store.start(task, { backend, precision: task.training.precision, threads: task.profile.threads, parameters });
      break;
    }
    case 'step':
      progress.at(task, message.epoch - 1 + message.step / message.steps, { epoch: message.epoch });
      break;
    case 'epoch':
      store.addEpoch(task, message.epoch);
      progress.at(task, message.epoch.epoch, { epoch: message.epoch.epoch });
      break;
    case 'fallback':
      break;
  }
}

function keep(
  task: TrialTask,
  result: TrialResult,
  { before, begun }: { readonly before: Stages; readonly begun: number },
  { store }: CandidateContext,
): void {
  const reached = result.epochs.length;
  // What an interrupted run had done of this stage is not done twice.
  const from = Math.min(begun, before.reached);
  for (const epoch of result.epochs) store.addEpoch(task, epoch);
  store.complete(
    task,
    {
      seconds: result.epochs.reduce((sum, { seconds }) => sum + seconds, 0),
      epochsRun: reached,
      bestEpoch: result.selectedEpoch,
      imagesPerSecond: result.imagesPerSecond,
      peakMemoryBytes: result.peakMemoryBytes,
      details: { stoppedBy: result.stoppedBy, reached, trained: before.trained + reached - from },
    },
    [],
  );
}
