import type { OnStudyEvent } from '@chromaray/contracts';
import { eventLines, progressDetail } from './event-line.js';
import type { Progress } from './progress.js';

/** Shows a study's events as lines and a moving progress line. */
export function showStudyEvents(progress: Progress): OnStudyEvent {
  return (event) => {
    if (event.kind === 'progress') {
      const { phase, done, total, unit } = event;
      const detail = progressDetail(event);
      progress.update({ phase, done, total, unit, ...(detail === undefined ? {} : { detail }) });
    } else {
      for (const line of eventLines(event)) progress.note(line);
    }
  };
}
