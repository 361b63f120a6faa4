import path from 'node:path';
import { type ExecutionSection, isAddress, type StudyFile } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import type { ExecutionOptions } from '../commands/execution-options.js';
import { slurmChoice } from './slurm-choice.js';

/**
 * Who is to execute the trials: what the command line says, else the study file.
 *
 * @throws ChromarayError `CHROMARAY_USAGE`
 */
export function executionChoice(
  { execution = { on: 'local' } }: StudyFile,
  options: ExecutionOptions,
): ExecutionSection {
  const { local, queue, slurm, exchange } = options;
  const on = local ? 'local' : queue !== undefined ? 'queue' : slurm ? 'slurm' : execution.on;
  if (on === 'local') {
    if (exchange === undefined) return { on };
    throw usage('--exchange has no meaning for trials on this machine.', 'Add --queue or --slurm, or leave it out.');
  }
  if (queue !== undefined && URL.canParse(queue) && new URL(queue).password !== '') {
    throw usage(
      'The address of the queue holds a password, which everybody on this machine could read in the list of processes.',
      'Put the whole address into the environment variable CHROMARAY_QUEUE and leave --queue out, or write it without the password.',
    );
  }
  const { queue: written, exchange: shared } = execution;
  const address = queue ?? written;
  const place = exchange === undefined ? shared : isAddress(exchange) ? exchange : path.resolve(exchange);
  return {
    on,
    ...(on === 'queue' && address !== undefined && { queue: address }),
    ...(place !== undefined && { exchange: place }),
    ...(on === 'slurm' && { slurm: slurmChoice(execution, options) }),
  };
}

function usage(message: string, remedy: string) {
  return codedError('CHROMARAY_USAGE', { message, remedy });
}
