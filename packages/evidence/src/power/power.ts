import { noncentralTTails } from '../distributions/noncentral-t.js';
import { studentQuantile } from '../distributions/student-t.js';
import { argumentError } from '../input/errors.js';
import { requireOpenUnit } from '../interval.js';

/** What a two-sided t test has to work with. */
export interface TestPrecision {
  /** Standard error of the difference. */
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/**
 * The chance that a true difference is found significant at `alpha` (two-sided).
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function power(difference: number, precision: TestPrecision, alpha = 0.05): number {
  requireOpenUnit(alpha, 'alpha');
  const { standardError, degreesOfFreedom } = precision;
  if (!(standardError > 0)) throw argumentError('The standard error', standardError, 'above 0');
  return noncentralTTails(
    studentQuantile(1 - alpha / 2, degreesOfFreedom),
    Math.max(1, degreesOfFreedom),
    Math.abs(difference) / standardError,
  );
}

/**
 * The minimum detectable difference: the smallest true difference that is found with the wanted power; before the study from
 * `expectedPrecision`, after it from `comparisonPrecision`. Divide alpha by the number of comparisons for
 * the first step of Holm's correction.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function smallestDetectableDifference(precision: TestPrecision, alpha = 0.05, wantedPower = 0.8): number {
  requireOpenUnit(wantedPower, 'The wanted power');
  if (wantedPower <= alpha) throw argumentError('The wanted power', wantedPower, `above alpha (${alpha})`);
  let low = 0;
  let high = precision.standardError;
  while (power(high, precision, alpha) < wantedPower) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < 60 && high - low > 1e-12 * high; step++) {
    const middle = (low + high) / 2;
    if (power(middle, precision, alpha) < wantedPower) low = middle;
    else high = middle;
  }
  return high;
}
