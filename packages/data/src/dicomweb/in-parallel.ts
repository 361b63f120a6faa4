import type { ChromarayError } from '@chromaray/base';

/** Faults after which nothing else will succeed either. */
const fatal = /^CHROMARAY_(?:FILE_WRITE|DICOMWEB_(?:UNAUTHORISED|UNREACHABLE))$/;

export function isFatal(error: ChromarayError): boolean {
  return fatal.test(error.code);
}

/** Works on several items at once; the first throw ends the work after what is under way. */
export async function inParallel<T>(
  items: readonly T[],
  concurrency: number,
  signal: AbortSignal | undefined,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let stopped = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !stopped) {
      signal?.throwIfAborted();
      try {
        await work(items[next++]!);
      } catch (error) {
        stopped = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: Math.max(1, concurrency) }, worker));
  const rejected = outcomes.find((outcome) => outcome.status === 'rejected');
  if (rejected !== undefined) throw rejected.reason;
}
