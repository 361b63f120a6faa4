/** How a study's trials are to be run by Slurm; each passes through to `sbatch`, and what is absent is left to the cluster. */
export interface SlurmOptions {
  readonly partition?: string;
  readonly account?: string;
  readonly qos?: string;
  /** Features that a node must have, for example its processor: a study wants one kind for all its trials. */
  readonly constraint?: string;
  /** For example `gpu:1`. */
  readonly gres?: string;
  /** CPUs of a trial. Default: as many as it computes with. */
  readonly cpus?: number;
  /** Memory of a trial, for example `16G`. */
  readonly mem?: string;
  /** Time limit of one run of a trial, for example `2:00:00`. It may be shorter than the trial takes. */
  readonly time?: string;
  /** Seconds before the end of the time limit at which a trial stops and asks to be queued again. Default: 120. */
  readonly notice?: number;
  /** Most trials at once. Default: as many as the cluster lets run. */
  readonly atOnce?: number;
  /** Environment modules to load, by name. */
  readonly modules?: readonly string[];
  /** Lines of bash before each trial, for example to set a path. */
  readonly setup?: readonly string[];
  /** Further options of sbatch, each one argument, for example `--nice=100`. */
  readonly options?: readonly string[];
}

/** Seconds before the end of the time limit at which Slurm tells a trial, unless chosen. */
export const defaultNotice = 120;
