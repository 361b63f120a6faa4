import path from 'node:path';
import { type ExecutionSection, isAddress, type StudyFile } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import type { ExecutionOptions } from '../commands/execution-options.js';
import { slurmChoice } from './slurm-choice.js';

/** Addresses as the command line gives them. */
interface Addresses {
  readonly queue?: string;
  readonly exchange?: string;
}

/**
 * The addresses of a command line; a folder is made absolute.
 *
 * @throws ChromarayError `CHROMARAY_USAGE` for a password, which every user of the machine could read
 */
export function executionAddresses({ queue, exchange }: Addresses): Addresses {
  if (queue !== undefined && URL.canParse(queue) && new URL(queue).password !== '') {
    throw usage(
      'The address of the queue holds a password, which everybody on this machine could read in the list of processes.',
      'Put the whole address into the environment variable CHROMARAY_QUEUE and leave --queue out, or write it without the password.',
    );
  }
  return {
    ...(queue !== undefined && { queue }),
    ...(exchange !== undefined && { exchange: isAddress(exchange) ? exchange : path.resolve(exchange) }),
  };
}

/**
 * Who is to execute the trials: what the command line says, else the study file.
 *
 * @throws ChromarayError `CHROMARAY_USAGE`
 */
export function executionChoice(
  { execution = { on: 'local' } }: StudyFile,
  options: ExecutionOptions,
): ExecutionSection {
  const { local, slurm } = options;
  const given = executionAddresses(options);
  const on = local ? 'local' : given.queue !== undefined ? 'queue' : slurm ? 'slurm' : execution.on;
  const { mix } = execution;
  if (on !== 'queue' && options.profiles !== undefined) {
    throw usage('--profiles has a meaning for workers of a queue only.', 'Add --queue, or leave it out.');
  }
  if (on === 'local') {
    if (given.exchange === undefined) return { on, ...(mix !== undefined && { mix }) };
    throw usage('--exchange has no meaning for trials on this machine.', 'Add --queue or --slurm, or leave it out.');
  }
  const { queue = execution.queue, exchange = execution.exchange } = given;
  const { profiles = execution.profiles } = options;
  return {
    on,
    ...(on === 'queue' && queue !== undefined && { queue }),
    ...(exchange !== undefined && { exchange }),
    ...(on === 'queue' && profiles !== undefined && { profiles }),
    ...(mix !== undefined && { mix }),
    ...(on === 'slurm' && { slurm: slurmChoice(execution, options) }),
  };
}

function usage(message: string, remedy: string) {
  return codedError('CHROMARAY_USAGE', { message, remedy });
}
