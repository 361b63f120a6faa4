import type { OnStudyEvent, Progressed } from '@chromaray/contracts';
import type { StudyWriter } from '@chromaray/store';

/** Progress comes many times a second; whoever reads a store looks about once. */
const progressMilliseconds = 1000;

/**
 * Keeps events in a store and passes them on. Progress is kept once a second for each phase, and when a phase is done.
 *
 * @param now in milliseconds; replaced in tests
 */
export function recordEvents(
  store: Pick<StudyWriter, 'addEvent'>,
  onEvent: OnStudyEvent,
  now: () => number = Date.now,
): OnStudyEvent {
  const kept = new Map<Progressed['phase'], number>();
  const keepProgress = (event: Progressed): void => {
    const time = now();
    if (event.done < event.total && time - (kept.get(event.phase) ?? -progressMilliseconds) < progressMilliseconds)
      return;
    kept.set(event.phase, time);
    try {
      store.addEvent(event);
    } catch {
      // Nothing is lost by it; what must be kept next says what is wrong.
    }
  };
  return (event) => {
    if (event.kind === 'progress') keepProgress(event);
    else store.addEvent(event);
    onEvent(event);
  };
}
