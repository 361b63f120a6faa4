import type { ReaderDrift, ReaderSlope } from '@chromaray/contracts';
import { driftOverPosition, type ReaderMean } from '@chromaray/evidence';
import { asPair } from '../comparison/metric-summary.js';
import { callOf } from './calls.js';
import type { StudyReading } from './study-reading.js';

/**
 * What changed from the beginning to the end of sessions; null where no reading has a position, or where all readers had the
 * cases in one order: then harder cases at the end look like tiring.
 */
export function driftOf(readings: readonly StudyReading[], cut: number | null, level: number): ReaderDrift | null {
  const placed = readings.flatMap(({ position, session = '', ...reading }) =>
    position === undefined ? [] : [{ ...reading, position, session }],
  );
  if (placed.length === 0 || haveOneOrder(placed)) return null;
  const time = driftOverPosition(
    placed.flatMap(({ seconds, ...one }) =>
      seconds !== undefined && seconds > 0 ? [{ ...one, value: Math.log(seconds) }] : [],
    ),
    level,
  );
  const right = driftOverPosition(
    placed.flatMap((one) => {
      const call = callOf(one, cut);
      return call === null ? [] : [{ ...one, value: Number(call === one.truth) }];
    }),
    level,
  );
  return { time: slope(time, Math.exp), right: slope(right, (value) => value) };
}

function slope(found: ReaderMean | null, scale: (value: number) => number): ReaderSlope | null {
  if (found === null) return null;
  const { readers, mean, interval, p } = found;
  return {
    readers,
    value: scale(mean),
    interval: interval === null ? null : asPair({ lower: scale(interval.lower), upper: scale(interval.upper) }),
    p,
  };
}

/** Whether every case had one position for all its readers in an arm. */
function haveOneOrder(
  placed: readonly (Pick<StudyReading, 'treatment' | 'case'> & { readonly position: number })[],
): boolean {
  const first = new Map<string, number>();
  for (const { treatment, case: name, position } of placed) {
    const key = JSON.stringify([treatment, name]);
    if (!first.has(key)) first.set(key, position);
    else if (first.get(key) !== position) return false;
  }
  return true;
}
