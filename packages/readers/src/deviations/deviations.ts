import { counted, decimal, duration } from '@chromaray/base';
import type { ReaderEvent, ReaderPlan } from '@chromaray/contracts';
import type { ReaderList } from '../order/reader-list.js';
import { timed } from '../progress/clock.js';
import { sessionTimes, washoutDays } from '../progress/sessions.js';
import { displayFaults } from './display.js';
import { interruptedItems } from './interrupted.js';

/** Something that did not happen as it was planned. */
export interface Deviation {
  readonly kind:
    | 'washout'
    | 'override'
    | 'clock'
    | 'skipped'
    | 'missing'
    | 'display'
    | 'interrupted'
    | 'corrected'
    | 'window'
    | 'stranger';
  /** ISO 8601; null where it has no moment. */
  readonly at: string | null;
  readonly reader: string | null;
  /** One sentence. */
  readonly what: string;
}

/** Clocks are set by fractions of a second all the time. */
const clockTolerance = 2000;

/**
 * Everything that departs from the plan, by rule, from the events alone.
 *
 * @param lists of all readers
 */
export function deviations(
  plan: Pick<ReaderPlan, 'design' | 'arms'>,
  lists: ReadonlyMap<string, ReaderList>,
  events: readonly ReaderEvent[],
): readonly Deviation[] {
  return [
    ...clockDeviations(events),
    ...[...lists.values()].flatMap((list) => {
      const own = events.filter(({ reader }) => reader === list.reader);
      return [
        ...washoutDeviations(list.reader, plan, events),
        ...skippedDeviations(own),
        ...displayDeviations(own),
        ...interruptedDeviations(list.reader, own),
        ...correctedDeviations(list.reader, own),
        ...windowDeviations(list.reader, own),
        ...strangerDeviations(list, own),
        ...missingDeviations(list, own),
      ];
    }),
  ];
}

/** Breaks of the washout: the days that passed, by reader and session. */
export function brokenWashouts(
  plan: Pick<ReaderPlan, 'design' | 'arms'>,
  readers: Iterable<string>,
  events: readonly ReaderEvent[],
): readonly { readonly reader: string; readonly session: number; readonly days: number }[] {
  return [...readers].flatMap((reader) => {
    const times = sessionTimes(events, reader);
    return [...times.keys()].flatMap((session) => {
      const days = washoutDays(session, times, plan);
      return days !== undefined && days < plan.design.washout ? [{ reader, session, days }] : [];
    });
  });
}

function washoutDeviations(
  reader: string,
  plan: Pick<ReaderPlan, 'design' | 'arms'>,
  events: readonly ReaderEvent[],
): readonly Deviation[] {
  const overrides = events.filter((event) => event.kind === 'override' && event.reader === reader);
  const broken = brokenWashouts(plan, [reader], events).map(({ session, days }): Deviation => {
    const override = overrides.find((event) => event.kind === 'override' && event.session === session);
    const why = override?.kind === 'override' ? `; reason given: ${override.reason}` : '';
    return {
      kind: 'washout',
      at: override?.at ?? null,
      reader,
      what: `Session ${session} began ${decimal(days, 1)} days after the same cases were read; ${plan.design.washout} were planned${why}.`,
    };
  });
  const unused = overrides.flatMap((event): readonly Deviation[] =>
    event.kind !== 'override' || broken.some(({ at }) => at === event.at)
      ? []
      : [
          {
            kind: 'override',
            at: event.at,
            reader,
            what: `Session ${event.session} was opened before its time (reason given: ${event.reason}), and the washout was kept nevertheless.`,
          },
        ],
  );
  return [...broken, ...unused];
}

function clockDeviations(events: readonly ReaderEvent[]): readonly Deviation[] {
  return timed(events).flatMap(({ event, back }) =>
    back <= clockTolerance
      ? []
      : [
          {
            kind: 'clock' as const,
            at: event.at,
            reader: null,
            what: `The server's clock went back by ${duration(back / 1000)} before event ${event.seq}; the order of events is that of their numbers.`,
          },
        ],
  );
}

function skippedDeviations(own: readonly ReaderEvent[]): readonly Deviation[] {
  return own.flatMap((event) =>
    event.kind === 'skipped'
      ? [
          {
            kind: 'skipped' as const,
            at: event.at,
            reader: event.reader,
            what: `Case ${event.case} was passed over in session ${event.session}, arm ${event.arm}: ${event.why}`,
          },
        ]
      : [],
  );
}

/** Each fault once, with the number of checks that had it. */
function displayDeviations(own: readonly ReaderEvent[]): readonly Deviation[] {
  const byFault = new Map<string, ReaderEvent[]>();
  for (const event of own) {
    if (event.kind !== 'display') continue;
    for (const fault of displayFaults(event)) byFault.set(fault, [...(byFault.get(fault) ?? []), event]);
  }
  return [...byFault].map(([fault, checks]) => ({
    kind: 'display' as const,
    at: checks[0]!.at,
    reader: checks[0]!.reader,
    what: `In ${counted(checks.length, 'check')} of the display ${fault}.`,
  }));
}

function interruptedDeviations(reader: string, own: readonly ReaderEvent[]): readonly Deviation[] {
  const items = interruptedItems(own);
  if (items.size === 0) return [];
  const what = `${counted(items.size, 'reading')} ${items.size === 1 ? 'was' : 'were'} interrupted (the page was closed or loaded again): ${items.size === 1 ? 'its time is' : 'their times are'} not counted.`;
  return [{ kind: 'interrupted', at: null, reader, what }];
}

function correctedDeviations(reader: string, own: readonly ReaderEvent[]): readonly Deviation[] {
  const corrected = own.filter((event) => event.kind === 'reading' && event.corrects);
  if (corrected.length === 0) return [];
  const what = `${counted(corrected.length, 'answer')} corrected later, as the protocol allows: the last one counts.`;
  return [{ kind: 'corrected', at: corrected[0]!.at, reader, what }];
}

function windowDeviations(reader: string, own: readonly ReaderEvent[]): readonly Deviation[] {
  const taken = own.filter((event) => event.kind === 'seat' && event.tookOver);
  if (taken.length === 0) return [];
  const what = `The list was taken over in another window ${counted(taken.length, 'time')}; never two at once.`;
  return [{ kind: 'window', at: taken[0]!.at, reader, what }];
}

/** Readings that are on no list: after files of the study were exchanged. */
function strangerDeviations({ reader, byId }: ReaderList, own: readonly ReaderEvent[]): readonly Deviation[] {
  const strangers = own.filter((event) => {
    if (event.kind !== 'reading' || event.training) return false;
    const item = byId.get(event.item);
    return item?.session !== event.session || item.case.name !== event.case || item.armName !== event.arm;
  });
  if (strangers.length === 0) return [];
  const what = `${counted(strangers.length, 'reading')} of cases that are not on the reader's list, or in another session: not counted.`;
  return [{ kind: 'stranger', at: strangers[0]!.at, reader, what }];
}

function missingDeviations({ reader, sessions }: ReaderList, own: readonly ReaderEvent[]): readonly Deviation[] {
  const read = new Set(own.flatMap((event) => (event.kind === 'reading' ? [event.item] : [])));
  return sessions.flatMap((items, i) => {
    const missing = items.filter(({ id }) => !read.has(id)).length;
    if (missing === 0) return [];
    const what = `${missing} of ${counted(items.length, 'reading')} of session ${i + 1} ${missing === 1 ? 'is' : 'are'} missing.`;
    return [{ kind: 'missing' as const, at: null, reader, what }];
  });
}
