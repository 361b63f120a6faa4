import { type Command, Option } from 'commander';

/** Options that say who executes the trials of a study, in place of the study file's `execution`. */
export interface ExecutionOptions {
  readonly local?: boolean;
  readonly queue?: string;
  readonly slurm?: boolean;
  readonly exchange?: string;
}

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
    .option('--slurm', 'give the trials to Slurm')
    .option(
      '--exchange <address>',
      'what coordinator and workers share: a folder, https://host:port, s3://bucket/prefix',
    );
}
