import type { Placement } from './trial-execution.js';
import type { TrialRunner } from './trial-runner.js';

/** Asks for the processor that a placement chose; the bits of a trial are promised for that one. */
export function placedRunner(runner: TrialRunner, place: Placement): TrialRunner {
  return {
    run: (task, onMessage, signal) =>
      runner.run({ ...task, profile: { ...task.profile, processor: place(task) } }, onMessage, signal),
  };
}
