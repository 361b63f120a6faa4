import path from 'node:path';
import type { StudyFile, StudyFolder } from '@chromaray/contracts';
import { type SlurmSetup, slurmExecution } from '@chromaray/remote';
import type { TrialExecution } from '@chromaray/trials';
import type { SlurmFlags } from '../commands/slurm-options.js';

/** File in a study's folder that remembers which arrays were submitted. */
export function arrayRecordOf(folder: StudyFolder): string {
  return folder.inside('slurm.json');
}

/** Opens Slurm for a study. @param onSubmitted told of every array */
export function openSlurm(
  flags: SlurmFlags,
  studies: string,
  onSubmitted: NonNullable<SlurmSetup['onSubmitted']> = () => {},
): (study: StudyFile, folder: StudyFolder) => Promise<TrialExecution> {
  return async (study, folder) =>
    slurmExecution({
      study: study.name,
      shared: path.join(path.resolve(flags.slurmFolder ?? path.join(studies, '.slurm')), study.name),
      record: arrayRecordOf(folder),
      options: optionsOf(flags),
      onSubmitted,
    });
}

function optionsOf(flags: SlurmFlags): SlurmSetup['options'] {
  const given = {
    ...{ partition: flags.slurmPartition, account: flags.slurmAccount, constraint: flags.slurmConstraint },
    ...{ gres: flags.slurmGres, cpus: flags.slurmCpus, mem: flags.slurmMem, time: flags.slurmTime },
    ...{ notice: flags.slurmNotice, modules: flags.slurmModule, setup: flags.slurmSetup, options: flags.slurmOption },
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
