import { availableParallelism } from 'node:os';

/** One picture for every core, and one more, so that no core waits while a finished picture is handed on. */
export const defaultConcurrency = availableParallelism() + 1;

/**
 * Calls `work` on every item, several at a time, starting them in order. The first error stops the start
 * of further items and is thrown once those under way have ended, so that nothing runs on behind the
 * caller's back.
 *
 * @throws the signal's reason when it is aborted
 */
export async function each<T>(
  items: readonly T[],
  concurrency: number,
  signal: AbortSignal | undefined,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let failure: { readonly error: unknown } | undefined;
  const lane = async (): Promise<void> => {
    for (const item of queue) {
      if (failure) return;
      try {
        signal?.throwIfAborted();
        await work(item);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, lane));
  if (failure) throw failure.error;
}
