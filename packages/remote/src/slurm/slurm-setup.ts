import type { Slurm } from './slurm-commands.js';
import type { SlurmOptions } from './slurm-options.js';

/** What the trials of one study need to be run by Slurm. */
export interface SlurmSetup {
  /** The study's name. */
  readonly study: string;
  /** A folder that the coordinator and all nodes see under this path; this study's alone. */
  readonly shared: string;
  /** File in the study's folder that remembers which arrays were submitted. */
  readonly record: string;
  readonly options: SlurmOptions;
  /** What one trial is estimated to need. */
  readonly memoryBytes: number;
  /** Told of every array: Slurm's number, how many trials it has, and whether it is the last of those asked for together. */
  readonly onSubmitted?: (job: number, trials: number, last: boolean) => void;
  /** Seconds between two looks at files and queue. Default: 10. */
  readonly pollSeconds?: number;
  /** Default: the commands on this machine's path. */
  readonly slurm?: Slurm;
}
