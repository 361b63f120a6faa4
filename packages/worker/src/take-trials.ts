import { setTimeout as wait } from 'node:timers/promises';
import { abortable } from '@chromaray/remote';

/** Milliseconds between two looks for a trial when there was none: what a study waits for a worker that has nothing to do. */
const idleMilliseconds = 500;

/** Who takes trials: the part of a taker that the loop needs. */
export interface TakesTrials {
  readonly full: boolean;
  readonly doing: readonly unknown[];
  take(): Promise<boolean>;
  freed(): Promise<void>;
}

/**
 * Takes trials until the signal or, with `once`, until there is none and none runs. Asks the queue for nothing while every thread
 * has a trial.
 */
export async function takeTrials(
  taker: TakesTrials,
  { once, onLine, ending }: { once: boolean; onLine: (line: string) => void; ending: AbortSignal },
): Promise<void> {
  let silent = false;
  while (!ending.aborted) {
    try {
      if (taker.full) {
        await abortable(taker.freed(), ending);
        continue;
      }
      const took = await abortable(taker.take(), ending);
      if (silent) onLine('The queue answers again.');
      silent = false;
      if (took) continue;
      if (once && taker.doing.length === 0) return;
    } catch (error) {
      if (ending.aborted) return;
      if (!silent) onLine(`The queue does not answer (${(error as Error).message}); trying again.`);
      silent = true;
    }
    await Promise.race([wait(idleMilliseconds, undefined, { signal: ending }).catch(() => {}), taker.freed()]);
  }
}
