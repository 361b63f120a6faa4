import { studentCdf, studentQuantile } from '../distributions/student-t.js';
import { combinedInterval, type Interval, proportionInterval } from '../interval.js';
import { aurocScoreInterval } from '../roc/score-interval.js';
import { wilsonInterval } from '../threshold/wilson.js';

/** One arm's mean over seeds and the variance of it over new patients and new seeds. */
export interface ArmEstimate {
  readonly value: number;
  readonly variance: number;
}

/** How many independent patients an estimate rests on: by class for an AUROC, all for a share. */
export type PatientCounts =
  | { readonly of: 'auroc'; readonly positives: number; readonly negatives: number }
  | { readonly of: 'share'; readonly patients: number };

/** Two arms of which at least one is so near 0 or 1, or so without variance, that a symmetric interval misleads. */
export interface NearLimit {
  readonly arm: ArmEstimate;
  readonly control: ArmEstimate;
  /** Between the arms' means over patients, made cautious for few patients. */
  readonly correlation: number;
  readonly counts: PatientCounts;
}

/** From this ratio of standard error to distance from 0 or 1 an estimate is near its limit. */
const nearest = 0.5;

/**
 * Decides whether the difference of two arms needs the interval of {@link nearLimitInterval}: when an arm's mean lies
 * within two of its standard errors of 0 or 1, or an arm or the difference shows no variance at all. A variance of 0 says
 * that nothing is known about it, wherever the estimate lies: constant scores have an AUROC of exactly 0.5 on any records, and an arm that
 * ranks the records at hand as its control does has a difference of exactly 0.
 *
 * The correlation is that of the estimated variances, times 1 - 4/n with n independent patients in the smaller class:
 * near 1 it rests on the few records that are misranked, and is overestimated. The factor was chosen by simulation
 * (docs/evidence.md).
 *
 * @param varianceOfDifference as the symmetric test has it
 * @returns null where the symmetric interval serves
 */
export function nearLimit(
  arm: ArmEstimate,
  control: ArmEstimate,
  varianceOfDifference: number,
  counts: PatientCounts,
): NearLimit | null {
  if (varianceOfDifference > 0 && !isNear(arm) && !isNear(control)) return null;
  const scale = 2 * Math.sqrt(arm.variance * control.variance);
  const found = scale === 0 ? 0 : (arm.variance + control.variance - varianceOfDifference) / scale;
  const patients = counts.of === 'auroc' ? Math.min(counts.positives, counts.negatives) : counts.patients;
  const caution = found > 0 ? Math.max(0, 1 - 4 / patients) : 1;
  return { arm, control, correlation: caution * Math.max(-1, Math.min(1, found)), counts };
}

/** A ratio of exactly one half is reached with few patients: rounding must not decide it, or swapped labels would. */
const rounding = 1e-9;

function isNear({ value, variance }: ArmEstimate): boolean {
  return variance === 0 || Math.sqrt(variance) > nearest * Math.min(value, 1 - value) * (1 + rounding);
}

/** Lower levels that the interval of a level must hold: Student's t from 0 in these steps, to this end. */
const step = 0.25;
const end = 12;

/**
 * Interval of a difference from the arms' own intervals, see {@link combinedInterval}. An arm's interval is formed on
 * the logit scale with Student's t; without a variance, from the counts of patients alone (Newcombe's score interval of
 * an AUROC, Wilson's of a share).
 *
 * With correlated arms of very different spread MOVER alone may give a narrower interval at a higher level; the hull of
 * the intervals at lower levels is given, so that more confidence is never less wide.
 */
export function nearLimitInterval(near: NearLimit, degreesOfFreedom: number, level: number): Interval {
  const t = studentQuantile((1 + level) / 2, degreesOfFreedom);
  let { lower, upper } = intervalAt(near, t, level);
  for (let less = step; less < Math.min(t, end); less += step) {
    const within = intervalAt(near, less, 2 * studentCdf(less, degreesOfFreedom) - 1);
    lower = Math.min(lower, within.lower);
    upper = Math.max(upper, within.upper);
  }
  return { lower, upper, level };
}

function intervalAt({ arm, control, correlation, counts }: NearLimit, t: number, level: number): Interval {
  const own = (estimate: ArmEstimate) => ({
    value: estimate.value,
    interval: armInterval(estimate, counts, t, level),
  });
  return combinedInterval(own(arm), own(control), correlation, level);
}

/** Interval of one arm: on the logit scale with its t; without a variance, from the counts alone. */
export function armInterval(
  { value, variance }: ArmEstimate,
  counts: PatientCounts,
  t: number,
  level: number,
): Interval {
  if (variance > 0) return proportionInterval(value, Math.sqrt(variance), t, level, 'logit');
  return counts.of === 'auroc'
    ? aurocScoreInterval(value, counts.positives, counts.negatives, level)
    : wilsonInterval(value * counts.patients, counts.patients, level);
}
