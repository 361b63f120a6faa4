import { isChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import type { AnyJob, TrialFailure } from '@chromaray/remote';
import { UnrecoverableError } from 'bullmq';

/** What becomes of a trial in its queue when a worker lets go of it. */
export type TrialEnd =
  /** Its result is published. */
  | { readonly kind: 'done'; readonly how: string }
  /** Another worker may have it. */
  | { readonly kind: 'back' }
  /** Its own error: to run it again would give the same. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** What computed it died: tried a few times. */
  | { readonly kind: 'crashed'; readonly error: unknown }
  /** Another worker has it already. */
  | { readonly kind: 'lost' };

/**
 * Tells a queue. @throws what its client throws; a trial that the queue holds for leased after that is taken by another worker
 * when the lease has run out, and that worker finds what was published
 */
export async function tellEnd(job: AnyJob, token: string, end: TrialEnd): Promise<void> {
  if (end.kind === 'done') await job.moveToCompleted(end.how, token, false);
  else if (end.kind === 'back') await job.moveToWait(token);
  else if (end.kind === 'crashed') await job.moveToFailed(new Error(failureText(end.error)), token);
  else if (end.kind === 'failed') await job.moveToFailed(new UnrecoverableError(failureText(end.error)), token);
}

function failureText(thrown: unknown): string {
  const { name, code, message, remedy } = isChromarayError(thrown)
    ? thrown
    : codedError('CHROMARAY_TRIAL_CRASHED', { message: `The worker failed: ${String(thrown)}`, cause: thrown });
  return JSON.stringify({ name, code, message, remedy } satisfies TrialFailure);
}

/** Errors of the way to the exchange or of this machine's disk: other machines may not have them. */
const ofMachine = /^CHROMARAY_(FILE_|CACHE_SMALL|EXCHANGE_(UNREACHABLE|FULL|REFUSED))/;

/** Whether an error is of this machine rather than of a trial. */
export function isOfMachine(error: unknown): boolean {
  return isChromarayError(error) && ofMachine.test(error.code);
}

/** What an error means for the trial that it ended. */
export function endOf(error: unknown): TrialEnd {
  if (isOfMachine(error)) return { kind: 'back' };
  if (!isChromarayError(error) || error.code === 'CHROMARAY_TRIAL_CRASHED') return { kind: 'crashed', error };
  return { kind: 'failed', error };
}

/** Of what lies in a queue and is no trial. */
export function messageFault(): Error {
  return codedError('CHROMARAY_REMOTE_MESSAGE', { message: 'What lies in the queue is no trial.' });
}
