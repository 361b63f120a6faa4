import { childProcessRunner } from './child-process-runner.js';
import type { LocateFiles } from './trial-files.js';
import type { TrialRunner } from './trial-runner.js';
import type { TrialTask } from './trial-task.js';

/** Who executes the trials of a study: this machine, workers that take them from a queue, or a cluster. */
export interface TrialExecution {
  /**
   * Runs trials whose files `locate` finds.
   *
   * @param memoryBytes what one of them is estimated to need
   */
  runner(locate: LocateFiles, memoryBytes: number): TrialRunner;
  /** Trials that are handed over at once. Absent: as many as this machine can run. */
  readonly concurrency?: number;
  /** Chooses by which processor each trial is computed, before anything is trained. Absent: by that of its task's profile. */
  place?(request: PlaceRequest, signal: AbortSignal): Promise<Placement>;
  /** Whether an arm and its control of the same seed may be computed by different profiles. Default: no. */
  readonly mix?: boolean;
  /** Call after the last trial. @throws ChromarayError for what came to light after a trial was settled */
  finish?(signal: AbortSignal): Promise<void>;
  /** Lets go of everything; trials that others run go on. */
  close?(): Promise<void>;
}

/** The family of the processor that is to compute a trial, as execution profiles name it. */
export type Placement = (task: TrialTask) => string;

export interface PlaceRequest {
  /** All trials of the study. */
  readonly tasks: readonly TrialTask[];
  /** What one of them is estimated to need. */
  readonly memoryBytes: number;
  /** The processor that computed a seed's control, or another arm of the seed; undefined while none is finished. */
  readonly begun: (seed: number) => string | undefined;
  /** Told when nobody is there who could compute some trials, which then wait. */
  readonly onMissing: (missing: MissingWorkers) => void;
}

/** Trials that no machine which is there can compute. */
export interface MissingWorkers {
  /** By what they are to be computed, in a line. */
  readonly wanted: string;
  readonly trials: number;
  /** The machines that are there, and what each lacks. */
  readonly workers: readonly { readonly worker: string; readonly lacks: string }[];
  /** Whether some of them would do if any processor might compute the trials. */
  readonly anyWouldDo: boolean;
}

/** Every trial in a process of its own on this machine. */
export const localExecution: TrialExecution = { runner: childProcessRunner };
