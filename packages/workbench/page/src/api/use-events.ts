import { useEffect, useRef, useState } from 'react';
import { apiAddress, type Fault } from './client.js';

/** An event of a study, as far as every page needs it; `StudyEvent` of `@chromaray/contracts` has the kinds. */
export interface StudyEventLike {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
}

/**
 * Follows a study, whoever runs it. After a lost connection the browser asks for what it missed.
 *
 * @param since number of the last event that is known; undefined: not yet
 * @returns why nothing more comes; undefined while all is well
 * @param onEvents is given events in order, several at once when many arrive
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
    if (since === undefined) return;
    const source = new EventSource(apiAddress(`/studies/${encodeURIComponent(study)}/events`, { since }));
    let waiting: StudyEventLike[] = [];
    let frame = 0;
    source.onmessage = ({ data }: MessageEvent<string>) => {
      waiting.push(JSON.parse(data) as StudyEventLike);
      // Many events of one moment are shown at once.
      frame ||= requestAnimationFrame(() => {
        const events = waiting;
        waiting = [];
        frame = 0;
        listener.current(events);
      });
    };
    source.addEventListener('failed', ({ data }: MessageEvent<string>) => {
      source.close();
      setFault(JSON.parse(data) as Fault);
    });
    return () => {
      source.close();
      cancelAnimationFrame(frame);
    };
  }, [study, since]);
  return fault;
}
