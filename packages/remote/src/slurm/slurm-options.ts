import type { ExecutionSection } from '@chromaray/contracts';

/** How a study's trials are to be run by Slurm, as study files have it; docs/study-file.md explains each key. */
export type SlurmOptions = NonNullable<ExecutionSection['slurm']>;

/** Seconds before the end of the time limit at which Slurm tells a trial, unless chosen. */
export const defaultNotice = 120;
