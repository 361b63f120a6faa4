import type { OnStudyEvent } from '@chromaray/study';
import type { Progress } from './progress.js';

/** Turns a study's events into lines and a moving progress line. */
export function showStudyEvents(progress: Progress): OnStudyEvent {
  return (event) => {
    switch (event.kind) {
      case 'note':
        progress.note(event.text);
        break;
      case 'progress':
        progress.update(event);
        break;
      case 'trial':
        if (event.state === 'finished' || event.state === 'failed' || event.state === 'resumed') {
          progress.note(`${event.arm}, seed ${event.seed}: ${event.state} (${event.finished} of ${event.trials} trials done)`);
        }
        break;
      case 'epoch':
        break;
    }
  };
}
