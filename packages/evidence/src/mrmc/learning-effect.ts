import { meanOf } from '../seeds/summary.js';
import { meanOverReaders, type ReaderMean } from './reader-means.js';

/** One reading with its place in the reader's order. */
export interface PlacedReading {
  readonly reader: string;
  /** The list in which positions count: a reader's session. */
  readonly session: string;
  /** From 1. */
  readonly position: number;
  /** What may drift: log seconds, or 1 for a right call and 0 for a wrong one. */
  readonly value: number;
}

/**
 * Whether something drifts while readers read: the least-squares slope over position within each session, averaged for each
 * reader, then Student's t over readers. The slope is per 100 readings.
 *
 * @returns null where fewer than two readers have a session of two positions or more
 */
export function driftOverPosition(readings: readonly PlacedReading[], level = 0.95): ReaderMean | null {
  const sessions = new Map<string, PlacedReading[]>();
  for (const reading of readings) {
    const key = JSON.stringify([reading.reader, reading.session]);
    sessions.set(key, [...(sessions.get(key) ?? []), reading]);
  }
  const slopes = new Map<string, number[]>();
  for (const list of sessions.values()) {
    const slope = slopeOf(list);
    if (slope === null) continue;
    const name = list[0]!.reader;
    slopes.set(name, [...(slopes.get(name) ?? []), 100 * slope]);
  }
  return slopes.size < 2 ? null : meanOverReaders([...slopes.values()].map(meanOf), level);
}

function slopeOf(list: readonly PlacedReading[]): number | null {
  const center = meanOf(list.map(({ position }) => position));
  const mean = meanOf(list.map(({ value }) => value));
  let [products, squares] = [0, 0];
  for (const { position, value } of list) {
    products += (position - center) * (value - mean);
    squares += (position - center) ** 2;
  }
  return squares === 0 ? null : products / squares;
}
