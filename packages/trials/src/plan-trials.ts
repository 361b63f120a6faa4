import { availableParallelism } from 'node:os';

export interface TrialPlan {
  /** Trials that run at once. */
  readonly concurrency: number;
  /** Threads each of them computes with. */
  readonly threads: number;
}

/** What trials can share of a machine. */
export interface MachineCapacity {
  readonly cores: number;
  /** That this process may still use; a container's limit counts. */
  readonly freeMemoryBytes: number;
}

/**
 * How many trials run at once: as many as cores and memory allow. Two trials on one core each finish sooner
 * than one after the other on two, because nothing waits for the slower half of an operator.
 *
 * The threads of a trial depend on the whole study and the machine's cores, never on how much is left to do:
 * the order in which threads add numbers can change their last bits, and a resumed study must give the
 * numbers an undisturbed one gives. Scarce memory lowers the number of trials at once only.
 *
 * @param trials all trials of the study, finished ones included
 * @param trialMemoryBytes what one trial needs
 * @param threads set by the study file or by earlier runs of the study, which then decide
 */
export function planTrials(
  trials: number,
  trialMemoryBytes: number,
  threads: number | undefined,
  machine: MachineCapacity = { cores: availableParallelism(), freeMemoryBytes: process.availableMemory() },
): TrialPlan {
  const perTrial = threads ?? Math.max(1, Math.floor(machine.cores / Math.min(machine.cores, trials)));
  const byCores = Math.max(1, Math.floor(machine.cores / perTrial));
  const byMemory = Math.max(1, Math.floor((machine.freeMemoryBytes * 0.9) / trialMemoryBytes));
  return { concurrency: Math.min(trials, byCores, byMemory), threads: perTrial };
}
