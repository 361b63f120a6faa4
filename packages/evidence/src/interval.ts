import { argumentError } from './input/errors.js';

/** A confidence interval; `level` is its confidence, for example 0.95. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}

/** An interval cut off at the limits its quantity can take, by default those of a proportion. */
export function boundedInterval(lower: number, upper: number, level: number, least = 0, most = 1): Interval {
  return { lower: Math.min(most, Math.max(least, lower)), upper: Math.max(least, Math.min(most, upper)), level };
}

/**
 * Checks a confidence level or any other probability that must lie strictly inside (0, 1).
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function requireOpenUnit(value: number, name: string): void {
  if (!(value > 0 && value < 1)) throw argumentError(name, value, 'a number between 0 and 1, both excluded');
}
