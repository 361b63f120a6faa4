import { isChromarayError } from '@chromaray/base';
import { cancelled } from './cancelled.js';
import { runTrial } from './run-trial.js';
import type { LocateFiles } from './trial-files.js';
import type { TrialRunner } from './trial-runner.js';

/**
 * Runs trials in this process, whose thread they block while they compute: for tests, and for workers that are a
 * process of one trial anyway.
 */
export function inProcessRunner(locate: LocateFiles): TrialRunner {
  return {
    async run(task, onMessage, signal) {
      const failed = new AbortController();
      let failure: { readonly error: unknown } | undefined;
      try {
        return await runTrial(
          task,
          locate(task),
          (message) => {
            if (failure !== undefined) return;
            try {
              onMessage(message);
            } catch (error) {
              // Whoever keeps the results cannot; going on would be for nothing.
              failure = { error };
              failed.abort();
            }
          },
          AbortSignal.any([signal, failed.signal]),
        );
      } catch (error) {
        if (failure !== undefined) throw failure.error;
        if (signal.aborted && !isChromarayError(error)) throw cancelled();
        throw error;
      }
    },
  };
}
