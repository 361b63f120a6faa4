import { once } from 'node:events';
import { createProgress, type ProgressDisplay } from './terminal/progress.js';

/** What every command is given: where to write, how to show progress, and when to stop. */
export interface Context {
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
  readonly progress: ProgressDisplay;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** What the first Ctrl-C is answered from now on, where it is no stop after the current step; a second one needs no words. */
  readonly answerInterrupt: (words: string) => void;
}

/** The context of the running program. A second Ctrl-C ends it at once. */
export function createContext(): Context {
  const controller = new AbortController();
  const progress = createProgress(process.stderr);
  let answer = 'Stopping after the current step. What is finished is kept; press Ctrl-C again to stop at once.';
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
    progress.note(answer);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // A reader that has seen enough (`chromaray … | head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return {
    ...{ out: process.stdout, err: process.stderr, progress, signal: controller.signal },
    answerInterrupt(words) {
      answer = words;
    },
  };
}

/** Waits for Ctrl-C, and answers it with words of what it ended. For commands that serve until then. */
export async function untilInterrupted({ signal, answerInterrupt }: Context, words: string): Promise<void> {
  answerInterrupt(words);
  if (!signal.aborted) await once(signal, 'abort');
}
