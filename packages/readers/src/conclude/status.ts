import { type Deviation, deviations } from '../deviations/deviations.js';
import { readerProgress } from '../progress/progress.js';
import type { ReadStudy } from './conclude.js';

/** Where every reader is, and what departed from the plan. */
export interface ReadersStatus {
  readonly study: string;
  readonly folder: string;
  readonly registered: string;
  readonly amendments: number;
  readonly readers: readonly ReaderState[];
  readonly deviations: readonly Deviation[];
}

export interface ReaderState {
  readonly reader: string;
  readonly phase: 'training' | 'reading' | 'waiting' | 'finished';
  readonly session: number;
  readonly sessions: number;
  /** Readings that count, and that there are to be. */
  readonly read: number;
  readonly total: number;
  /** Waiting: when the next session opens; ISO 8601. */
  readonly opens: string | null;
  /** Last sign of the reader; ISO 8601. */
  readonly last: string | null;
}

/** @param now milliseconds */
export function readersStatus({ study, events, ratings }: ReadStudy, now: number): ReadersStatus {
  const { plan, lists, registration, folder } = study;
  return {
    study: study.study,
    folder: folder.root,
    registered: registration.registered,
    amendments: registration.amendments.length,
    readers: [...lists.values()].map((list) => {
      const { phase, session, sessions, opens } = readerProgress(list, events, plan, now);
      return {
        reader: list.reader,
        ...{ phase, session, sessions, opens },
        read: ratings.filter(({ reader }) => reader === list.reader).length,
        total: list.sessions.reduce((sum, items) => sum + items.length, 0),
        last: events.findLast(({ reader }) => reader === list.reader)?.at ?? null,
      };
    }),
    deviations: deviations(plan, lists, events),
  };
}
