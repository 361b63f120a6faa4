import { setMaxListeners } from 'node:events';

/** Waits for something that may never come, such as the answer of a server that is away. @throws the signal's reason */
export async function abortable<T>(awaited: Promise<T>, signal: AbortSignal): Promise<T> {
  // Nobody will hear how it ends.
  awaited.catch(() => {});
  signal.throwIfAborted();
  // As many wait as there are trials; each takes its listener back.
  setMaxListeners(0, signal);
  let give: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    give = () => reject(signal.reason);
    signal.addEventListener('abort', give);
  });
  try {
    return await Promise.race([awaited, aborted]);
  } finally {
    signal.removeEventListener('abort', give!);
  }
}
