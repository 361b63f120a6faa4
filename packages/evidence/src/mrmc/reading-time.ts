import type { Interval } from '../interval.js';
import { meanOf } from '../seeds/summary.js';
import { meanOverReaders } from './reader-means.js';

/** How long one reader took for one case in one arm. */
export interface TimedReading {
  readonly reader: string;
  readonly treatment: string;
  readonly case: string;
  /** Above 0. */
  readonly seconds: number;
}

/** An arm's reading time against the control's. */
export interface TimeComparison {
  readonly arm: string;
  readonly control: string;
  /** Readers with times in both arms. */
  readonly readers: number;
  /** Geometric mean over readers of (arm / control); 1.1 is 10 % longer. */
  readonly ratio: number;
  readonly interval: Interval | null;
  readonly p: number | null;
}

/**
 * Compares reading times, paired by reader and case: each reader's mean difference of log times over the cases timed in
 * both arms, then Student's t over readers. Times are skewed, so their logarithms are averaged.
 *
 * @returns null where fewer than two readers have times in both arms
 */
export function compareTimes(
  readings: readonly TimedReading[],
  arm: string,
  control: string,
  level = 0.95,
): TimeComparison | null {
  const times = new Map(
    readings.filter(({ seconds }) => seconds > 0).map((one) => [key(one.reader, one.treatment, one.case), one.seconds]),
  );
  const differences = new Map<string, number[]>();
  for (const { reader, treatment, case: name, seconds } of readings) {
    const other = times.get(key(reader, control, name));
    if (treatment !== arm || other === undefined || !(seconds > 0)) continue;
    differences.set(reader, [...(differences.get(reader) ?? []), Math.log(seconds / other)]);
  }
  if (differences.size < 2) return null;
  const found = meanOverReaders([...differences.values()].map(meanOf), level);
  return {
    arm,
    control,
    readers: found.readers,
    ratio: Math.exp(found.mean),
    interval:
      found.interval === null
        ? null
        : { lower: Math.exp(found.interval.lower), upper: Math.exp(found.interval.upper), level },
    p: found.p,
  };
}

function key(reader: string, treatment: string, name: string): string {
  return JSON.stringify([reader, treatment, name]);
}

/** Median seconds of a list; null of none. */
export function medianSeconds(seconds: readonly number[]): number | null {
  if (seconds.length === 0) return null;
  const sorted = [...seconds].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
