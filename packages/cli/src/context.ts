import { createProgress, type ProgressDisplay } from './terminal/progress.js';

/** What every command is given: where to write, how to show progress, and when to stop. */
export interface Context {
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
  readonly progress: ProgressDisplay;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The context of the running program. A second Ctrl-C ends it at once. */
export function createContext(): Context {
  const controller = new AbortController();
  const progress = createProgress(process.stderr);
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
    progress.note('Stopping after the current step. What is finished is kept; press Ctrl-C again to stop at once.');
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // A reader that has seen enough (`chromaray … | head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return { out: process.stdout, err: process.stderr, progress, signal: controller.signal };
}
