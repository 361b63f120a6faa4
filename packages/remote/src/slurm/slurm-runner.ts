import type { LocateFiles, TrialMessage, TrialResult, TrialRunner, TrialTask } from '@chromaray/trials';
import type { AskedTrial } from './followed-trial.js';
import type { SlurmSetup } from './slurm-setup.js';
import { SlurmTrials } from './slurm-trials.js';

/** Milliseconds in which trials that are asked for belong to one array. */
const gatheringMilliseconds = 50;

/**
 * Runs trials as tasks of Slurm arrays: those that are asked for together become one array. Trials that are queued or running in
 * an array of an earlier coordinator are followed, not submitted again; those with a result are not run at all.
 *
 * @returns a runner that throws, besides what every runner does, ChromarayError `CHROMARAY_SLURM_MISSING`,
 *   `CHROMARAY_SLURM_REFUSED` and `CHROMARAY_SLURM_SILENT` before anything is trained; `CHROMARAY_SLURM_TRIAL` when Slurm ended
 *   a trial for good
 */
export function slurmRunner(setup: SlurmSetup): (locate: LocateFiles) => TrialRunner {
  return (locate) => {
    const trials = new SlurmTrials(setup, locate);
    let gathered: AskedTrial[] = [];
    const begin = (): void => {
      const together = gathered;
      gathered = [];
      void trials.begin(together);
    };
    return {
      run: (task: TrialTask, onMessage: (message: TrialMessage) => void, signal: AbortSignal) =>
        new Promise<TrialResult>((resolve, reject) => {
          gathered.push({ task, onMessage, signal, resolve, reject });
          if (gathered.length === 1) setTimeout(begin, gatheringMilliseconds);
        }),
    };
  };
}
