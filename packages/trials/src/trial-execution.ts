import { childProcessRunner } from './child-process-runner.js';
import type { LocateFiles } from './trial-files.js';
import type { TrialRunner } from './trial-runner.js';

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
  /** Call after the last trial. @throws ChromarayError for what came to light after a trial was settled */
  finish?(signal: AbortSignal): Promise<void>;
  /** Lets go of everything; trials that others run go on. */
  close?(): Promise<void>;
}

/** Every trial in a process of its own on this machine. */
export const localExecution: TrialExecution = { runner: childProcessRunner };
