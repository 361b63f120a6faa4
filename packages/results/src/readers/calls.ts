import type { StudyReading } from './study-reading.js';

/** The reader's own call, or that of the declared cut; null where there is neither. */
export function callOf({ call, rating }: StudyReading, cut: number | null): 0 | 1 | null {
  if (call !== undefined) return call;
  return cut === null ? null : rating >= cut ? 1 : 0;
}
