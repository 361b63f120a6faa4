import type { ReaderEvent, ReaderProtocol, ReaderRegistration } from '@chromaray/contracts';
import { changeText } from '@chromaray/results';
import { brokenWashouts, deviations } from '../deviations/deviations.js';
import { sessionTimes, washoutDays } from '../progress/sessions.js';
import type { OpenedReaders } from '../server/open-readers.js';

/** What was planned and what happened, for the report. */
export function readerProtocol(study: OpenedReaders, events: readonly ReaderEvent[]): ReaderProtocol {
  const { registration, plan, lists, cases } = study;
  const readings = events.filter((event) => event.kind === 'reading' && !event.training);
  const days = plan.readers.flatMap((reader) => {
    const times = sessionTimes(events, reader);
    return [...times.keys()].flatMap((session) => washoutDays(session, times, plan) ?? []);
  });
  return {
    registered: registration.registered,
    firstReading: readings[0]?.at ?? null,
    lastReading: readings.at(-1)?.at ?? null,
    planHash: registration.amendments.at(-1)?.hash ?? registration.hash,
    amendedAfterReadings: amendedAfterReadings(registration),
    washout:
      plan.design.kind === 'sequential'
        ? null
        : {
            plannedDays: plan.design.washout,
            shortestDays: days.length === 0 ? null : Math.min(...days),
            broken: brokenWashouts(plan, plan.readers, events).map(({ reader, days: kept }) => ({
              reader,
              days: kept,
            })),
          },
    trainingCases: cases.training.length,
    sessions: Math.max(0, ...[...lists.values()].map(({ sessions }) => sessions.length)),
    // The washout has an entry of its own, and missing readings are counted with the design.
    deviations: deviations(plan, lists, events)
      .filter(({ kind }) => kind !== 'missing')
      .map(({ at, reader, what }) => ({ at, reader, what })),
  };
}

/**
 * What of the plan was changed when answers could be known, in phrases: such a study has no valid verdict. Readers who came
 * later and cases that were withdrawn are changes too: either could be chosen by what had been found.
 */
function amendedAfterReadings({ amendments }: ReaderRegistration): readonly string[] {
  return amendments
    .filter(({ readings }) => readings > 0)
    .map(
      ({ changes, readings }) =>
        `${changes.map(changeText).join(', ')} after ${readings === 1 ? '1 reading' : `${readings} readings`}`,
    );
}
