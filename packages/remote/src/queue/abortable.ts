/** Waits for something that may never come, such as the answer of a server that is away. @throws the signal's reason */
export async function abortable<T>(awaited: Promise<T>, signal: AbortSignal): Promise<T> {
  // Nobody will hear how it ends.
  awaited.catch(() => {});
  signal.throwIfAborted();
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
