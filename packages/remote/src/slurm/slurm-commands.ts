import { execFile } from 'node:child_process';
import { type ChromarayError, isChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { type QueueState, readQueueState } from './queue-state.js';

/** Slurm, as its commands: started without a shell. */
export interface Slurm {
  /**
   * Submits a job.
   *
   * @returns its number
   * @throws ChromarayError `CHROMARAY_SLURM_REFUSED` with Slurm's own words; `CHROMARAY_SLURM_MISSING`
   */
  submit(args: readonly string[], signal: AbortSignal): Promise<number>;
  /** What is queued; undefined when Slurm does not answer. */
  queue(signal: AbortSignal): Promise<QueueState | undefined>;
  /** Cancels arrays (`12`) or single tasks (`12_3`) by one command. What is gone is no error. */
  cancel(jobs: readonly string[]): Promise<void>;
}

const mostOutput = 512 * 1024 * 1024;
const mostMilliseconds = 120_000;

/** The Slurm whose commands are on this machine's path. */
export function slurmCommands(): Slurm {
  return { submit, queue, cancel };
}

async function submit(args: readonly string[], signal: AbortSignal): Promise<number> {
  const answer = await command('sbatch', args, signal);
  // `1234`, or `1234;cluster` where Slurm has several.
  const job = /^(\d+)(?:;.*)?$/m.exec(answer.trim())?.[1];
  if (job === undefined) throw refused('sbatch', `it answered "${answer.trim()}", not the number of a job`);
  return Number(job);
}

async function queue(signal: AbortSignal): Promise<QueueState | undefined> {
  try {
    return readQueueState(await command('squeue', ['--json'], signal));
  } catch (error) {
    if (signal.aborted || (isChromarayError(error) && error.code === 'CHROMARAY_SLURM_MISSING')) throw error;
    return undefined;
  }
}

async function cancel(jobs: readonly string[]): Promise<void> {
  if (jobs.length === 0) return;
  try {
    await command('scancel', ['--quiet', ...jobs], new AbortController().signal);
  } catch (error) {
    // Slurm forgets a job minutes after its end.
    if (!/invalid job id/i.test((error as Error).message)) throw error;
  }
}

function command(name: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { signal, maxBuffer: mostOutput, timeout: mostMilliseconds, env: environment() };
    execFile(name, args, options, (error, out, err) => {
      if (error === null) resolve(out);
      else if (signal.aborted) reject(signal.reason);
      else if (error.code === 'ENOENT') reject(missing(name, error));
      else reject(refused(name, wordsOf(err) || error.message, error));
    });
  });
}

/**
 * Inside of a Slurm job, its own variables would count as options of those submitted from it. Long lists of tasks are
 * written out in full.
 */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => name === 'SLURM_CONF' || !/^(SLURM|SBATCH)_/.test(name));
  return { ...Object.fromEntries(own), SLURM_BITSTR_LEN: '0' };
}

/** `sbatch: error: Batch job submission failed: Invalid account` without what says nothing. */
function wordsOf(output: string): string {
  return output
    .trim()
    .split('\n')
    .map((line) => line.replace(/^\w+: (error|fatal): /, '').trim())
    .filter((line) => line !== '')
    .join('; ');
}

function refused(name: string, words: string, cause?: unknown): ChromarayError {
  return codedError('CHROMARAY_SLURM_REFUSED', {
    message: `${name} refused: ${words.replace(/\.$/, '')}.`,
    ...(cause === undefined ? {} : { cause }),
    details: { command: name, words },
  });
}

function missing(name: string, cause: unknown): ChromarayError {
  return codedError('CHROMARAY_SLURM_MISSING', {
    message: `There is no command ${name} on this machine.`,
    cause,
    details: { command: name },
  });
}
