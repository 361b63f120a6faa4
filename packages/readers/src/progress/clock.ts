import type { ReaderEvent } from '@chromaray/contracts';

/** An event with the latest time that any clock had shown until then, in milliseconds. */
export interface TimedEvent {
  readonly event: ReaderEvent;
  readonly time: number;
  /** Milliseconds by which the clock went back since the event before; 0 where it did not. */
  readonly back: number;
}

/**
 * Events in the order of their numbers, with a time that never goes back: where the clock was set back, time stands still
 * until it has caught up, so that a washout is never taken for longer than it was.
 */
export function timed(events: readonly ReaderEvent[]): readonly TimedEvent[] {
  let latest = Number.NEGATIVE_INFINITY;
  let before = Number.NEGATIVE_INFINITY;
  return events.map((event) => {
    const now = Date.parse(event.at);
    const back = Math.max(0, before - now);
    before = now;
    latest = Math.max(latest, now);
    return { event, time: latest, back: Number.isFinite(back) ? back : 0 };
  });
}

export const dayMilliseconds = 86_400_000;
