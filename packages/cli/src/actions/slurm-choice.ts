import type { ExecutionSection } from '@chromaray/contracts';
import type { SlurmFlags } from '../commands/slurm-options.js';

/** What Slurm is asked for: what the command line says, else the study file. */
export function slurmChoice({ slurm }: ExecutionSection, flags: SlurmFlags): NonNullable<ExecutionSection['slurm']> {
  const given = {
    ...{ partition: flags.slurmPartition, account: flags.slurmAccount, constraint: flags.slurmConstraint },
    ...{ gres: flags.slurmGres, cpus: flags.slurmCpus, mem: flags.slurmMem, time: flags.slurmTime },
    ...{ notice: flags.slurmNotice, modules: flags.slurmModule, setup: flags.slurmSetup, options: flags.slurmOption },
  };
  return { ...slurm, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}
