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
  return powerCurve(precision, alpha)(difference);
}

/** The power as a function of the difference, for those who ask often. */
function powerCurve({ standardError, degreesOfFreedom }: TestPrecision, alpha: number): (difference: number) => number {
  requireOpenUnit(alpha, 'alpha');
  if (!(standardError > 0)) throw argumentError('The standard error', standardError, 'above 0');
  const critical = studentQuantile(1 - alpha / 2, degreesOfFreedom);
  return (difference) =>
    noncentralTTails(critical, Math.max(1, degreesOfFreedom), Math.abs(difference) / standardError);
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
  const lacking = powerCurve(precision, alpha);
  let low = 0;
  let missing = alpha - wantedPower;
  let high = precision.standardError;
  let beyond = lacking(high) - wantedPower;
  while (beyond < 0) {
    low = high;
    missing = beyond;
    high *= 2;
    beyond = lacking(high) - wantedPower;
  }
  // Regula falsi in the Illinois form: an end that stays is halved in weight, so that both ends close in.
  let side = 0;
  for (let step = 0; step < 100 && high - low > 1e-13 * high; step++) {
    const middle = (low * beyond - high * missing) / (beyond - missing);
    if (!(middle > low && middle < high)) break;
    const found = lacking(middle) - wantedPower;
    if (Math.abs(found) < 1e-13) return middle;
    if (found < 0) {
      low = middle;
      missing = found;
      if (side === -1) beyond /= 2;
      side = -1;
    } else {
      high = middle;
      beyond = found;
      if (side === 1) missing /= 2;
      side = 1;
    }
  }
  return high;
}
