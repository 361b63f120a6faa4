import { argumentError } from '../input/errors.js';

/** What may be measured of a network on the test part. All lie between 0 and 1. */
export type EndpointMetric =
  | 'auroc'
  /** Average precision. */
  | 'auprc'
  /** Area of a part of the ROC curve, standardised (McClish 1989): 0.5 for guessing, 1 at best. */
  | 'partial-auroc'
  /** At the threshold that gives a specificity on validation. */
  | 'sensitivity'
  /** At the threshold that gives a sensitivity on validation. */
  | 'specificity'
  /** Mean of sensitivity and specificity at Youden's threshold on validation. */
  | 'balanced-accuracy'
  /** Mean squared distance of probability and label: the lower, the better. */
  | 'brier';

/** An endpoint with the numbers that define it. */
export interface EndpointMeasure {
  readonly metric: EndpointMetric;
  /** `sensitivity`: at this specificity; `specificity`: at this sensitivity. Inside (0, 1). */
  readonly at?: number;
  /** `partial-auroc`: from and to which false positive rate, 0 to 1. */
  readonly range?: readonly [from: number, to: number];
}

/** True where a smaller value is the better one. */
export function lowerIsBetter({ metric }: EndpointMeasure): boolean {
  return metric === 'brier';
}

/** True where decisions count, whose threshold is chosen on validation. */
export function needsThreshold({ metric }: EndpointMeasure): boolean {
  return metric === 'sensitivity' || metric === 'specificity' || metric === 'balanced-accuracy';
}

/** @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` where `at` is missing or no share */
export function requireAt({ metric, at }: EndpointMeasure): number {
  if (at !== undefined && at > 0 && at < 1) return at;
  const other = metric === 'sensitivity' ? 'specificity' : 'sensitivity';
  throw argumentError(`The ${other} at which the ${metric} is measured`, at, 'a number between 0 and 1, both excluded');
}

/** @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` where the range is missing or empty */
export function requireRange({ range }: EndpointMeasure): readonly [number, number] {
  if (range !== undefined && range[0] >= 0 && range[0] < range[1] && range[1] <= 1) return range;
  throw argumentError('The range of false positive rates', range?.join(' to '), 'a range within 0 to 1');
}
