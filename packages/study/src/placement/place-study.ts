import type { OnStudyEvent, StudyFile, StudyFolder } from '@chromaray/contracts';
import type { StudyReader } from '@chromaray/store';
import type { Placement, PlaceRequest, TrialExecution } from '@chromaray/trials';
import type { PreparedStudy } from '../prepare/prepare-study.js';
import { interrupted } from '../trials/interrupted.js';
import { finishedTrials } from './finished-trials.js';
import { refuseMixed } from './refuse-mixed.js';

export interface PlaceStudyRequest {
  readonly study: StudyFile;
  readonly folder: StudyFolder;
  readonly store: Pick<StudyReader, 'trials'>;
  readonly prepared: Pick<PreparedStudy, 'tasks' | 'models'>;
  /** Numbers of the splits after the study's own. */
  readonly otherSplits: readonly number[];
  readonly execution: TrialExecution;
  /** Whether finished trials that no longer fit are trained again. */
  readonly retrain: boolean;
  readonly onEvent: OnStudyEvent;
  readonly signal: AbortSignal;
}

/**
 * Chooses by which processor each trial of a study is computed, before anything is trained.
 *
 * @throws ChromarayError `CHROMARAY_EXECUTION_MIXED`; `CHROMARAY_INTERRUPTED`; what asking for workers throws
 */
export async function placeStudy(request: PlaceStudyRequest): Promise<Placement> {
  const { study, folder, store, prepared, execution, retrain, onEvent, signal } = request;
  const { tasks, models } = prepared;
  // Which trials of a study with a search are finished is known after the search.
  const renewed = retrain && study.tune === undefined ? tasks : null;
  const finished = finishedTrials({ folder, store, otherSplits: request.otherSplits }, renewed);
  const control = study.arms.find((arm) => arm.control)!.name;
  const begun = (seed: number): string | undefined => {
    const known = finished.flatMap(({ processor, ...trial }) =>
      trial.seed === seed && processor !== null ? [{ ...trial, processor }] : [],
    );
    return (known.find(({ arm }) => arm === control) ?? known[0])?.processor;
  };
  const isOpen = ({ arm, seed }: { arm: string; seed: number }): boolean =>
    !finished.some((trial) => trial.split === 1 && trial.arm === arm && trial.seed === seed);
  const asked: PlaceRequest = {
    ...{ tasks: tasks.filter(isOpen), memoryBytes: models.memoryBytes, begun },
    onMissing: (missing) => onEvent({ kind: 'workers-missing', ...missing }),
  };
  const place = await chosen(execution, asked, signal);
  if (execution.mix !== true) refuseMixed(tasks, control, finished, place);
  return place;
}

async function chosen(execution: TrialExecution, request: PlaceRequest, signal: AbortSignal): Promise<Placement> {
  try {
    return (await execution.place?.(request, signal)) ?? (({ profile }) => profile.processor);
  } catch (error) {
    throw signal.aborted ? interrupted() : error;
  }
}
