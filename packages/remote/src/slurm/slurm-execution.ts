import type { TrialExecution } from '@chromaray/trials';
import { slurmRunner } from './slurm-runner.js';
import type { SlurmSetup } from './slurm-setup.js';

/** Slurm as what executes a study's trials: all that are open at once. */
export function slurmExecution(setup: Omit<SlurmSetup, 'memoryBytes'>): TrialExecution {
  return {
    runner: (locate, memoryBytes) => slurmRunner({ ...setup, memoryBytes })(locate),
    concurrency: Number.POSITIVE_INFINITY,
  };
}
