import type { ReaderEvent } from '@chromaray/contracts';

/**
 * Places of the list that were on the screen more than once before they were answered: the page was closed or loaded again,
 * and the time of the answer is that since the last time only.
 *
 * @param own events of one reader
 */
export function interruptedItems(own: readonly ReaderEvent[]): ReadonlySet<string> {
  const shown = new Map<string, number>();
  const found = new Set<string>();
  for (const event of own) {
    if (event.kind === 'shown') shown.set(event.item, (shown.get(event.item) ?? 0) + 1);
    if (event.kind === 'reading' && !event.training && !event.corrects && (shown.get(event.item) ?? 0) > 1)
      found.add(event.item);
  }
  return found;
}
