import { normalQuantile, normalTwoSidedP } from '../distributions/normal.js';
import { type Patients, toClusters } from '../input/clusters.js';
import { type CheckedScores, checkTwoClasses, type Labels, type Scores } from '../input/scored.js';
import {
  boundedInterval,
  combinedInterval,
  type Interval,
  inversionP,
  proportionInterval,
  requireOpenUnit,
} from '../interval.js';
import { aurocCovariance, patientsPerClass, roundedToZero } from './covariance.js';
import { placementsOf } from './placement.js';
import { aurocScoreInterval } from './score-interval.js';

/**
 * How an AUROC's interval is formed: `logit` on the log-odds scale, which keeps it inside [0, 1] and
 * covers better near 1; `wald` as estimate ± z standard errors; `score` from the counts, see
 * {@link aurocScoreInterval}.
 */
export type AurocIntervalMethod = 'logit' | 'wald' | 'score';

/** Clusters, confidence and method of an AUROC interval. */
export interface AurocOptions {
  /** The patient of each record; without it every record counts as an independent patient. */
  readonly patients?: Patients;
  /** Confidence of the interval; 0.95 by default. */
  readonly level?: number;
  /** `logit` by default. Where the variance is 0 (perfect separation), `score` takes its place. */
  readonly method?: AurocIntervalMethod;
}

/** An AUROC with its variance and interval. */
export interface AurocEstimate {
  readonly auroc: number;
  /** Variance over new patients: DeLong's, or Obuchowski's where patients have several records. */
  readonly variance: number;
  readonly standardError: number;
  readonly interval: Interval;
  /** The method that was used in the end. */
  readonly method: AurocIntervalMethod;
  readonly positives: number;
  readonly negatives: number;
  readonly patients: number;
}

/**
 * AUROC with DeLong's variance (DeLong 1988; computed as in Sun & Xu 2014) and interval. With patients,
 * the variance is Obuchowski's clustered form (1997).
 *
 * At perfect separation the estimated variance is 0 and would give the interval [1, 1]; the score
 * interval from the counts of patients is given instead, and `method` says so.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input; `_TOO_FEW` below two patients in a class
 */
export function aurocWithInterval(labels: Labels, scores: Scores, options: AurocOptions = {}): AurocEstimate {
  const { level = 0.95, method = 'logit' } = options;
  requireOpenUnit(level, 'The confidence level');
  const checked = checkTwoClasses(labels, scores);
  const clusters = toClusters(options.patients, checked.scores.length);
  const placed = placementsOf(checked);
  const variance = Math.max(0, aurocCovariance([placed], clusters)[0]![0]!);
  const { positivePatients, negativePatients } = patientsPerClass(checked.labels, clusters);
  const standardError = Math.sqrt(variance);
  const used = variance === 0 ? 'score' : method;
  const interval =
    used === 'score'
      ? aurocScoreInterval(placed.auroc, positivePatients, negativePatients, level)
      : proportionInterval(placed.auroc, standardError, normalQuantile((1 + level) / 2), level, used);
  return {
    auroc: placed.auroc,
    variance,
    standardError,
    interval,
    method: used,
    positives: placed.positives,
    negatives: placed.negatives,
    patients: clusters.count,
  };
}

/** Paired difference of two AUROCs on the same records. */
export interface AurocDifference {
  /** AUROC of the arm minus AUROC of the control. */
  readonly difference: number;
  readonly arm: number;
  readonly control: number;
  readonly variance: number;
  /** difference / standard error; 0 when both are 0. */
  readonly z: number;
  /** Two-sided, normal approximation. */
  readonly p: number;
  readonly interval: Interval;
  /** Correlation between the two AUROCs over new patients; 0 when a variance is 0. */
  readonly correlation: number;
}

/**
 * Paired comparison of two scorings of the same records, for one seed (DeLong 1988; with patients,
 * Obuchowski 1997). Seeds are not part of its question: for several use `compareAuroc`.
 *
 * A variance of 0 (both scorings separate perfectly, or rank all records alike) is no certainty: interval and p then
 * come from the arms' own score intervals, combined as if independent, and z is the one that belongs to p.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function pairedDeLong(
  labels: Labels,
  armScores: Scores,
  controlScores: Scores,
  options: { readonly patients?: Patients; readonly level?: number } = {},
): AurocDifference {
  const { level = 0.95 } = options;
  requireOpenUnit(level, 'The confidence level');
  const arm: CheckedScores = checkTwoClasses(labels, armScores);
  const control = checkTwoClasses(labels, controlScores);
  const clusters = toClusters(options.patients, arm.scores.length);
  const placed = [placementsOf(arm), placementsOf(control)] as const;
  const [[armVariance, covariance], [, controlVariance]] = aurocCovariance(placed, clusters) as [
    [number, number],
    [number, number],
  ];
  const difference = placed[0].auroc - placed[1].auroc;
  const variance = roundedToZero(armVariance + controlVariance - 2 * covariance, armVariance + controlVariance);
  const spread = Math.sqrt(armVariance * controlVariance);
  const found = { difference, arm: placed[0].auroc, control: placed[1].auroc, variance };
  const correlation = spread === 0 ? 0 : Math.min(1, covariance / spread);
  if (variance === 0) {
    const { positivePatients, negativePatients } = patientsPerClass(arm.labels, clusters);
    const own = (auroc: number, atLevel: number): Interval =>
      aurocScoreInterval(auroc, positivePatients, negativePatients, atLevel);
    const at = (atLevel: number): Interval =>
      combinedInterval(
        { value: found.arm, interval: own(found.arm, atLevel) },
        { value: found.control, interval: own(found.control, atLevel) },
        0,
        atLevel,
      );
    const p = difference === 0 ? 1 : inversionP(at);
    const z = p === 1 ? 0 : Math.sign(difference) * -normalQuantile(p / 2);
    return { ...found, z, p, interval: at(level), correlation };
  }
  const standardError = Math.sqrt(variance);
  const z = difference / standardError;
  const margin = normalQuantile((1 + level) / 2) * standardError;
  return {
    ...found,
    z,
    p: normalTwoSidedP(z),
    interval: boundedInterval(difference - margin, difference + margin, level, -1, 1),
    correlation,
  };
}
