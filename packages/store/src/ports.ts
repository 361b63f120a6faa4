import type { SerializedError } from '@chromaray/base';
import type { Part, StudyEvent, StudyHappening } from '@chromaray/contracts';
import type {
  EvaluationPrediction,
  PlannedTrial,
  StoredEpoch,
  StoredEvaluation,
  StoredPrediction,
  StoredTrial,
  TrialKey,
  TrialPrediction,
  TrialStart,
  TrialSummary,
} from './rows.js';

/** Which predictions are asked for; what is absent does not narrow. */
export interface PredictionFilter extends Partial<TrialKey> {
  readonly part?: Part;
}

/** Events in the order in which they happened. */
export interface EventLog {
  readonly events: readonly StudyEvent[];
  /** What is wrong with the event after the last one; null when all could be read. */
  readonly damage: string | null;
}

/**
 * What a study has computed so far, for reading. May be asked while another process writes.
 *
 * Every method throws ChromarayError `CHROMARAY_STORE_UNREADABLE` for what is damaged.
 */
export interface StudyReader {
  /** All trials in the order they were planned. */
  trials(): readonly StoredTrial[];
  /** One trial, or undefined when it is not planned. */
  trial(key: TrialKey): StoredTrial | undefined;
  /** A trial's epochs in order. @throws ChromarayError `CHROMARAY_STORE_TRIAL_UNKNOWN` */
  epochs(trial: TrialKey): readonly StoredEpoch[];
  /** Predictions of finished trials, in the order of trials, then of records by UTF-8 bytes. */
  predictions(filter?: PredictionFilter): readonly StoredPrediction[];
  /** Every look at another data set, in order. */
  evaluations(): readonly StoredEvaluation[];
  /** What one look predicted, by arm, seed and record. */
  evaluationPredictions(evaluation: number): readonly EvaluationPrediction[];
  /**
   * What happened, up to damage.
   *
   * @param after the number of the last event that is known already. Default: none is
   * @param most how many are read at once. Default: all
   */
  events(after?: number, most?: number): EventLog;
}

/**
 * What a study computes, kept. One process writes, the one that runs the study; trials report to it by messages.
 * Every method keeps all it is given or nothing, so that a process killed at any moment leaves a store that is whole.
 */
export interface StudyWriter {
  /**
   * Makes the store hold exactly these trials. A trial already there with the same fingerprint keeps all it has; one
   * with another fingerprint, or that is no longer planned, is forgotten with its results.
   *
   * @returns the trials that were forgotten, whose checkpoints are of no more use.
   */
  plan(trials: readonly PlannedTrial[]): readonly TrialKey[];
  /** Call when a study starts: trials left `running` by a process that went away become `interrupted`. */
  markInterrupted(): void;
  start(trial: TrialKey, start: TrialStart): void;
  /** Keeps one epoch; an epoch run again after a resume takes the place of the old one and of all later ones. */
  addEpoch(trial: TrialKey, epoch: StoredEpoch): void;
  /** Keeps a finished trial's summary and all its predictions together. */
  complete(trial: TrialKey, summary: TrialSummary, predictions: readonly TrialPrediction[]): void;
  /** Notes that a trial ended with an error, and which. */
  fail(trial: TrialKey, error: SerializedError): void;
  /** Notes that a running trial was stopped on purpose; it resumes from its last checkpoint. */
  interrupt(trial: TrialKey): void;
  /** Keeps one look of the frozen models at another data set, with all it predicted. @returns its id */
  addEvaluation(dataset: string, name: string, predictions: readonly EvaluationPrediction[]): number;
  /** Numbers an event, dates it and keeps it. Of progress only the last of each phase is kept. */
  addEvent(happening: StudyHappening): StudyEvent;
}

/** A study's store as its run holds it. */
export interface StudyStore extends StudyReader, StudyWriter {
  close(): void;
}

/** A study's store as it is opened to be read. */
export interface OpenedReader extends StudyReader {
  close(): void;
}
