import { useEffect, useRef, useState } from 'react';
import { apiAddress, type Fault } from './client.js';
import { follow } from './follow.js';

/** An event of a study, as far as every page needs it; `StudyEvent` of `@chromaray/contracts` has the kinds. */
export interface StudyEventLike {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
}

/**
 * Follows a study, whoever runs it.
 *
 * @param since number of the last event that is known; undefined: not yet
 * @param onEvents is given events in order, several at once when many arrive
 * @returns why nothing comes; undefined while all is well
 */
export function useEvents(
  study: string,
  since: number | undefined,
  onEvents: (events: readonly StudyEventLike[]) => void,
): Fault | undefined {
  const [fault, setFault] = useState<Fault>();
  const listener = useRef(onEvents);
  listener.current = onEvents;
  useEffect(() => {
    setFault(undefined);
    if (since === undefined) return;
    let waiting: StudyEventLike[] = [];
    let frame = 0;
    const address = (after = since) => apiAddress(`/studies/${encodeURIComponent(study)}/events`, { since: after });
    const leave = follow<StudyEventLike>(address, {
      take: (event) => {
        waiting.push(event);
        // Many events of one moment are shown at once.
        frame ||= requestAnimationFrame(() => {
          const events = waiting;
          waiting = [];
          frame = 0;
          listener.current(events);
        });
        return false;
      },
      fail: setFault,
    });
    return () => {
      leave();
      cancelAnimationFrame(frame);
    };
  }, [study, since]);
  return fault;
}
