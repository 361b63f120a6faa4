import type { ReaderEvent, ReaderPlan } from '@chromaray/contracts';
import type { ListItem, ReaderList } from '../order/reader-list.js';
import { opensAt, sessionTimes } from './sessions.js';

/** Where a reader is. */
export interface ReaderProgress {
  readonly phase: 'training' | 'reading' | 'waiting' | 'finished';
  /** The session that is read or waited for, from 1. */
  readonly session: number;
  readonly sessions: number;
  /** Pictures of the session, or of the training, that are done, and that there are. */
  readonly done: number;
  readonly total: number;
  /** What is to be read now, and after that. */
  readonly item: ListItem | null;
  readonly next: ListItem | null;
  /** The last finished one of the session, where the protocol lets it be opened again. */
  readonly previous: ListItem | null;
  /** Waiting: when the session opens; ISO 8601. */
  readonly opens: string | null;
}

/**
 * Where a reader is, from what is stored alone: nothing that a page or a server remembers counts.
 *
 * @param now milliseconds, by the server's clock
 */
export function readerProgress(
  list: ReaderList,
  events: readonly ReaderEvent[],
  plan: Pick<ReaderPlan, 'design' | 'arms' | 'back'>,
  now: number,
): ReaderProgress {
  const own = events.filter(({ reader }) => reader === list.reader);
  const answered = new Set(
    own.flatMap((event) => (event.kind === 'reading' || event.kind === 'skipped' ? [event.item] : [])),
  );
  const isOpen = ({ id }: ListItem): boolean => !answered.has(id);
  const sessions = list.sessions.length;
  const part = (items: readonly ListItem[]) => {
    const open = items.filter(isOpen);
    return { done: items.length - open.length, total: items.length, item: open[0] ?? null, next: open[1] ?? null };
  };
  const hasBegun = own.some((event) => event.kind === 'reading' && !event.training);
  if (!hasBegun && list.training.some(isOpen)) {
    return { phase: 'training', session: 1, sessions, ...part(list.training), previous: null, opens: null };
  }
  const index = list.sessions.findIndex((items) => items.some(isOpen));
  const none = { item: null, next: null, previous: null, opens: null };
  if (index < 0) {
    const total = list.sessions.at(-1)?.length ?? 0;
    return { phase: 'finished', session: sessions, sessions, done: total, total, ...none };
  }
  const session = index + 1;
  const here = part(list.sessions[index]!);
  const times = sessionTimes(events, list.reader);
  const opens = opensAt(session, times, plan);
  const isOverridden = own.some((event) => event.kind === 'override' && event.session === session);
  if (opens !== undefined && !times.has(session) && !isOverridden && now < opens) {
    return { phase: 'waiting', session, sessions, ...here, ...none, opens: new Date(opens).toISOString() };
  }
  return {
    phase: 'reading',
    session,
    sessions,
    ...here,
    previous: plan.back ? lastRead(list, own, session) : null,
    opens: null,
  };
}

function lastRead(list: ReaderList, own: readonly ReaderEvent[], session: number): ListItem | null {
  const last = own.findLast((event) => event.kind === 'reading' && !event.corrects && event.session === session);
  return last?.kind === 'reading' ? (list.byId.get(last.item) ?? null) : null;
}
