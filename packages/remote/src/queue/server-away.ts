import { setTimeout as wait } from 'node:timers/promises';
import { isChromarayError } from '@chromaray/base';

/** A server of queues gave no answer: no fault of the trial that it was asked about. */
export class ServerAway extends Error {
  constructor(cause: unknown) {
    super('The server of the queue gave no answer.', { cause });
  }
}

const pauseMilliseconds = 500;
/** As long as an exchange is waited for. */
const patienceMilliseconds = 300_000;

/** @throws ServerAway where the client of the server throws */
export function ofServer<T>(asked: Promise<T>): Promise<T> {
  return asked.catch((error: unknown) => {
    throw new ServerAway(error);
  });
}

/**
 * Asks a server of queues again until it answers: it may be restarted just now. A client of Redis waits by itself; one of
 * PostgreSQL throws. What is asked must do no harm when it is done twice.
 *
 * @throws the signal's reason; what the client throws after five minutes; errors of this program at once
 */
export async function untilAnswered<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  { pause = pauseMilliseconds, patience = patienceMilliseconds } = {},
): Promise<T> {
  const begun = performance.now();
  for (;;) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      if (isChromarayError(error) || performance.now() - begun > patience) throw error;
      await wait(pause, undefined, { signal }).catch(() => {});
    }
  }
}
