import type { OnStudyEvent, StudyHappening } from '@chromaray/contracts';
import { eventLines, progressDetail } from './event-line.js';
import type { ProgressDisplay } from './progress.js';

/** Epochs that take at least this long are worth a line each; quicker ones would scroll everything else away. */
const slowEpochSeconds = 10;

/** What the command that runs the study shows by other means, or what goes without saying there. */
const unshown: ReadonlySet<StudyHappening['kind']> = new Set([
  ...(['run-started', 'trial-kept', 'trial-started', 'trial-interrupted', 'concluded', 'run-ended'] as const),
]);

/** Shows the events of a study that this command runs, as lines and a moving progress line. */
export function showStudyEvents(progress: ProgressDisplay): OnStudyEvent {
  return (event) => {
    if (event.kind === 'progress') {
      const { phase, done, total, unit } = event;
      const detail = progressDetail(event);
      progress.update({ phase, done, total, unit, ...(detail === undefined ? {} : { detail }) });
    } else if (isWorthALine(event)) {
      for (const line of eventLines(event)) progress.note(line);
    }
  };
}

function isWorthALine(event: StudyHappening): boolean {
  if (event.kind === 'epoch-done') return event.epoch.seconds >= slowEpochSeconds;
  // Which machine has taken a trial goes without saying only where there is one.
  if (event.kind === 'trial-started' && event.worker !== undefined) return true;
  return !unshown.has(event.kind);
}
