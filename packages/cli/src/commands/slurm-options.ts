import { type Command, Option } from 'commander';
import { wholeNumber } from './options.js';

/** Options of Slurm as commands take them. */
export interface SlurmFlags {
  readonly slurmPartition?: string;
  readonly slurmAccount?: string;
  readonly slurmConstraint?: string;
  readonly slurmGres?: string;
  readonly slurmCpus?: number;
  readonly slurmMem?: string;
  readonly slurmTime?: string;
  readonly slurmNotice?: number;
  readonly slurmModule?: readonly string[];
  readonly slurmSetup?: readonly string[];
  readonly slurmOption?: readonly string[];
}

const list = (value: string, earlier: readonly string[] | undefined): readonly string[] => [...(earlier ?? []), value];

/** Adds what passes through to `sbatch`; all of it stands in one table, so that `run` and `submit` take the same. */
export function addSlurmOptions(command: Command): Command {
  return command
    .option('--slurm-partition <name>', 'partition')
    .option('--slurm-account <name>', 'account')
    .option('--slurm-constraint <features>', 'features that a node must have, such as its processor')
    .option('--slurm-gres <list>', 'generic resources, such as gpu:1')
    .addOption(new Option('--slurm-cpus <n>', 'CPUs of a trial').argParser(wholeNumber(1, 1024)))
    .option('--slurm-mem <size>', 'memory of a trial, such as 16G')
    .option('--slurm-time <limit>', 'time limit of one run; a trial that takes longer continues in another')
    .addOption(
      new Option('--slurm-notice <seconds>', 'how long before its time limit a trial stops').argParser(
        wholeNumber(10, 65_535),
      ),
    )
    .addOption(
      new Option('--slurm-module <name>', 'environment module to load; may be given several times').argParser(list),
    )
    .addOption(
      new Option('--slurm-setup <line>', 'line of bash before each trial; may be given several times').argParser(list),
    )
    .addOption(
      new Option(
        '--slurm-option <option>',
        'further option of sbatch, such as --nice=100; may be given several times',
      ).argParser(list),
    );
}
