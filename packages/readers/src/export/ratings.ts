import type { ReaderEvent, ReadingEvent } from '@chromaray/contracts';
import type { StudyReading } from '@chromaray/results';
import { interruptedItems } from '../deviations/interrupted.js';
import type { ListItem, ReaderList } from '../order/reader-list.js';

/**
 * The answers that count: of each place in a reader's list the last one, training and withdrawn cases left out. The time is
 * that of the first answer, since a correction's is not that of a reading.
 */
export function ratings(
  lists: ReadonlyMap<string, ReaderList>,
  events: readonly ReaderEvent[],
): readonly StudyReading[] {
  return [...lists.values()].flatMap(({ reader, sessions }) => {
    const own = events.filter((event) => event.reader === reader);
    const interrupted = interruptedItems(own);
    const answers = new Map<string, { readonly first: ReadingEvent; readonly last: ReadingEvent }>();
    for (const event of own) {
      if (event.kind !== 'reading') continue;
      answers.set(event.item, { first: answers.get(event.item)?.first ?? event, last: event });
    }
    return sessions.flat().flatMap((item): readonly StudyReading[] => {
      const answer = answers.get(item.id);
      if (answer === undefined || !isOf(answer.last, item)) return [];
      const { first, last } = answer;
      return [
        {
          ...{ reader, treatment: item.armName, case: item.case.name, truth: item.case.truth, rating: last.rating },
          ...(last.call === null ? {} : { call: last.call ? 1 : 0 }),
          ...(interrupted.has(item.id) ? {} : { seconds: first.milliseconds / 1000 }),
          ...{ session: String(item.session), position: item.position },
        },
      ];
    });
  });
}

function isOf(event: ReadingEvent, item: ListItem): boolean {
  return event.case === item.case.name && event.arm === item.armName && event.session === item.session;
}
