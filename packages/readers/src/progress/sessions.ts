import { type ReaderEvent, type ReaderPlan, sessionsOf } from '@chromaray/contracts';
import { dayMilliseconds, timed } from './clock.js';

/** When a session's readings were made; times in milliseconds. */
export interface SessionTimes {
  readonly first: number;
  readonly last: number;
}

/** Times of every session in which a reader has read, by its number. */
export function sessionTimes(events: readonly ReaderEvent[], reader: string): ReadonlyMap<number, SessionTimes> {
  const times = new Map<number, SessionTimes>();
  for (const { event, time } of timed(events)) {
    if (event.kind !== 'reading' || event.reader !== reader || event.training) continue;
    times.set(event.session, { first: times.get(event.session)?.first ?? time, last: time });
  }
  return times;
}

/** The session in which the same cases were read before; undefined where there is none. */
export function earlierSession(
  session: number,
  { design, arms }: Pick<ReaderPlan, 'design' | 'arms'>,
): number | undefined {
  const rounds = sessionsOf(design.kind, arms.length);
  const portions = (design.sessions ?? rounds) / rounds;
  return session > portions ? session - portions : undefined;
}

/** Days between the same cases' sessions; undefined before both have readings. */
export function washoutDays(
  session: number,
  times: ReadonlyMap<number, SessionTimes>,
  plan: Pick<ReaderPlan, 'design' | 'arms'>,
): number | undefined {
  const earlier = earlierSession(session, plan);
  const [before, now] = [earlier === undefined ? undefined : times.get(earlier), times.get(session)];
  return before === undefined || now === undefined ? undefined : (now.first - before.last) / dayMilliseconds;
}

/** When a session may begin, in milliseconds; undefined where nothing has to pass before it. */
export function opensAt(
  session: number,
  times: ReadonlyMap<number, SessionTimes>,
  plan: Pick<ReaderPlan, 'design' | 'arms'>,
): number | undefined {
  const earlier = earlierSession(session, plan);
  const before = earlier === undefined ? undefined : times.get(earlier);
  return before === undefined ? undefined : before.last + plan.design.washout * dayMilliseconds;
}
