import type { ReaderTimes } from '@chromaray/contracts';
import { compareTimes, medianSeconds } from '@chromaray/evidence';
import { asPair } from '../comparison/metric-summary.js';
import type { StudyReading } from './study-reading.js';

/** Reading time of every arm, and against the control; null where no reading has a time. */
export function timesOf(
  readings: readonly StudyReading[],
  control: string,
  level: number,
): readonly ReaderTimes[] | null {
  const timed = readings.flatMap(({ seconds, reader, treatment, case: name }) =>
    seconds !== undefined && seconds > 0 ? [{ reader, treatment, case: name, seconds }] : [],
  );
  if (timed.length === 0) return null;
  const arms = [...new Set(readings.map(({ treatment }) => treatment))].sort(
    (a, b) => Number(b === control) - Number(a === control) || (a < b ? -1 : 1),
  );
  return arms.map((arm) => {
    const own = timed.filter(({ treatment }) => treatment === arm).map(({ seconds }) => seconds);
    const against = arm === control ? null : compareTimes(timed, arm, control, level);
    return {
      arm,
      readings: own.length,
      medianSeconds: medianSeconds(own),
      ratio: against?.ratio ?? null,
      interval: against?.interval ? asPair(against.interval) : null,
      p: against?.p ?? null,
    };
  });
}
