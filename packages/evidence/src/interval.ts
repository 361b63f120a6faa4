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

/** Interval of a quantity in (0, 1) from its standard error and a critical value, plain or on the logit scale. */
export function proportionInterval(
  estimate: number,
  standardError: number,
  critical: number,
  level: number,
  scale: 'logit' | 'wald',
): Interval {
  if (scale === 'wald' || estimate <= 0 || estimate >= 1) {
    return boundedInterval(estimate - critical * standardError, estimate + critical * standardError, level);
  }
  const odds = Math.log(estimate / (1 - estimate));
  const width = (critical * standardError) / (estimate * (1 - estimate));
  return { lower: 1 / (1 + Math.exp(width - odds)), upper: 1 / (1 + Math.exp(-width - odds)), level };
}

/**
 * Interval of a difference from the intervals of both values (MOVER; Zou & Donner 2008, Stat Med 27:1693): as
 * asymmetric as theirs are.
 *
 * @param correlation between the two estimates
 */
export function combinedInterval(
  first: { readonly value: number; readonly interval: Interval },
  second: { readonly value: number; readonly interval: Interval },
  correlation: number,
  level: number,
): Interval {
  const distance = (a: number, b: number): number => Math.sqrt(Math.max(0, a * a + b * b - 2 * correlation * a * b));
  const difference = first.value - second.value;
  return boundedInterval(
    difference - distance(first.value - first.interval.lower, second.interval.upper - second.value),
    difference + distance(first.interval.upper - first.value, second.value - second.interval.lower),
    level,
    -1,
    1,
  );
}

/** Below this a p value is as good as 0, and 1 - p no longer a level that a double distinguishes from 1. */
const LEAST_P = 1e-12;

/** The smallest 1 - level whose interval excludes 0: the p value of a test that is given as an interval. */
export function inversionP(intervalAt: (level: number) => Interval): number {
  let low = LEAST_P;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const p = (low + high) / 2;
    // A difference of rounding alone: no level that a double distinguishes from 0 includes it.
    if (1 - p < LEAST_P) return 1;
    const { lower, upper } = intervalAt(1 - p);
    if (lower > 0 || upper < 0) high = p;
    else low = p;
  }
  return high;
}

/**
 * Checks a confidence level or any other probability that must lie strictly inside (0, 1).
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function requireOpenUnit(value: number, name: string): void {
  if (!(value > 0 && value < 1)) throw argumentError(name, value, 'a number between 0 and 1, both excluded');
}
