import type { ReaderDrift, ReaderSlope } from '@chromaray/contracts';
import { driftOverPosition, type ReaderMean } from '@chromaray/evidence';
import { asPair } from '../comparison/arm-results.js';
import { callOf } from './calls.js';
import type { StudyReading } from './study-reading.js';

/** What changed from the beginning to the end of sessions; null where no reading has a position. */
export function driftOf(readings: readonly StudyReading[], cut: number | null, level: number): ReaderDrift | null {
  const placed = readings.flatMap(({ position, session = '', ...reading }) =>
    position === undefined ? [] : [{ ...reading, position, session }],
  );
  if (placed.length === 0) return null;
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
