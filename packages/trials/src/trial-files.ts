import type { Part } from '@chromaray/contracts/names';
import type { TrialTask } from './trial-task.js';

/** Where the files that a trial reads and writes lie on this machine. */
export interface TrialFiles {
  /** Files of the pixel packs that the task names by their keys. */
  readonly packs: Readonly<Record<Part, string>>;
  /** File of the weights that the task names by its hash; absent without one. */
  readonly weights?: string;
  /** Folder for checkpoints: a trial resumes from the last one it finds. The caller removes it. */
  readonly checkpoints: string;
  /** Where the trained model goes. */
  readonly model: string;
}

/** Finds the files of a task on the machine of a runner. */
export type LocateFiles = (task: TrialTask) => TrialFiles;
