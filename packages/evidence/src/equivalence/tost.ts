import { studentCdf } from '../distributions/student-t.js';
import { argumentError } from '../input/errors.js';
import type { Interval } from '../interval.js';

/** Two one-sided tests that a difference lies inside (-margin, margin). */
export interface Equivalence {
  /** p against "the difference is at most -margin". */
  readonly pLower: number;
  /** p against "the difference is at least margin". */
  readonly pUpper: number;
  /** The larger of the two: at most alpha means equivalent at alpha. */
  readonly p: number;
  readonly margin: number;
}

/**
 * Equivalence by two one-sided tests (Schuirmann 1987). p > 0.05 in a test of difference never shows
 * equality; this does.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for a margin or a standard error that is not above 0: without
 *   variance nothing is known about the difference
 */
export function twoOneSidedTests(
  estimate: {
    readonly difference: number;
    readonly standardError: number;
    readonly degreesOfFreedom: number;
  },
  margin: number,
): Equivalence {
  requireMargin(margin);
  const { difference, standardError, degreesOfFreedom } = estimate;
  if (!(standardError > 0)) throw argumentError('The standard error', standardError, 'above 0');
  const above = (value: number): number => studentCdf(-value / standardError, degreesOfFreedom);
  const pLower = above(difference + margin);
  const pUpper = above(margin - difference);
  return { pLower, pUpper, p: Math.max(pLower, pUpper), margin };
}

/**
 * Two one-sided tests from bootstrap values of the difference, by inversion of the percentile interval.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function twoOneSidedTestsFromBootstrap(distribution: ArrayLike<number>, margin: number): Equivalence {
  requireMargin(margin);
  if (distribution.length === 0) throw argumentError('The number of bootstrap values', 0, 'above 0');
  let below = 0;
  let above = 0;
  for (let i = 0; i < distribution.length; i++) {
    if (distribution[i]! <= -margin) below++;
    if (distribution[i]! >= margin) above++;
  }
  const pLower = (below + 1) / (distribution.length + 1);
  const pUpper = (above + 1) / (distribution.length + 1);
  return { pLower, pUpper, p: Math.max(pLower, pUpper), margin };
}

/** True where an interval lies wholly inside (-margin, margin): two one-sided tests at (1 - level) / 2 each. */
export function withinMargin(interval: Interval, margin: number): boolean {
  requireMargin(margin);
  return interval.lower > -margin && interval.upper < margin;
}

function requireMargin(margin: number): void {
  if (!(margin > 0 && Number.isFinite(margin))) throw argumentError('The margin of equivalence', margin, 'above 0');
}
