import type { ReaderEvent } from '@chromaray/contracts';

/** The window that reads a reader's list now; undefined where none does. Stored, so that a restart changes nothing. */
export function seatOf(events: readonly ReaderEvent[], reader: string): string | undefined {
  const last = events.findLast((event) => event.reader === reader && (event.kind === 'seat' || event.kind === 'left'));
  return last?.kind === 'seat' ? last.seat : undefined;
}

/** Milliseconds for which a check of the display holds: a day at the same place. */
const checkHolds = 12 * 3_600_000;

/**
 * Whether the display was checked from a window, or from the same window before it was loaded again.
 *
 * @param now milliseconds
 */
export function isDisplayChecked(own: readonly ReaderEvent[], seat: string, now: number): boolean {
  let wanted: string | null = seat;
  for (const event of own.toReversed()) {
    if (event.kind === 'display' && event.seat === wanted) return Math.abs(now - Date.parse(event.at)) < checkHolds;
    if (event.kind === 'seat' && event.seat === wanted) wanted = event.continues;
  }
  return false;
}
