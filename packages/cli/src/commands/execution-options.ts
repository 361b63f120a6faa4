import { profileChoices } from '@chromaray/contracts/names';
import { type Command, Option } from 'commander';
import type { SlurmFlags } from './slurm-options.js';

/** Options that say who executes the trials of a study, in place of the study file's `execution`. */
export interface ExecutionOptions extends SlurmFlags {
  readonly local?: boolean;
  readonly queue?: string;
  readonly slurm?: boolean;
  readonly exchange?: string;
  readonly profiles?: (typeof profileChoices)[number];
}

/** What machines that run trials share with the one that plans them. */
export const exchangeOption = [
  '--exchange <address>',
  'what coordinator and workers share: a folder, https://host:port, s3://bucket/prefix',
] as const;

/** Adds {@link ExecutionOptions} to a command. */
export function addExecutionOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--local', 'run the trials on this machine, whatever the study file says').conflicts([
        'queue',
        'slurm',
      ]),
    )
    .addOption(
      new Option(
        '--queue <url>',
        'give the trials to workers of a queue: redis://host, postgres://host/database',
      ).conflicts('slurm'),
    )
    .option('--slurm', 'run the trials with Slurm; Ctrl-C leaves them running, and the same command finds them again')
    .option(...exchangeOption)
    .addOption(
      new Option(
        '--profiles <which>',
        "with a queue: compute by this machine's execution profile, or by any that workers have",
      ).choices(profileChoices),
    );
}
