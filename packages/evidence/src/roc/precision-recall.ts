import type { Labels, Scores } from '../input/scored.js';
import { cumulativeCounts } from './curve.js';

/** A precision-recall curve as parallel lists, in descending order of threshold (ascending recall). */
export interface PrecisionRecallCurve {
  readonly thresholds: Float64Array;
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  /** Precision of a model that knows nothing: the share of positive records. */
  readonly chance: number;
}

/**
 * Precision (positive predictive value) against recall (sensitivity), one point a distinct score.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function precisionRecallCurve(labels: Labels, scores: Scores): PrecisionRecallCurve {
  const { steps, positives, negatives } = cumulativeCounts(labels, scores);
  const called = steps.slice(1);
  return {
    thresholds: Float64Array.from(called, (step) => step.threshold),
    precision: Float64Array.from(called, (step) => step.truePositives / (step.truePositives + step.falsePositives)),
    recall: Float64Array.from(called, (step) => step.truePositives / positives),
    chance: positives / (positives + negatives),
  };
}

/**
 * Area under the precision-recall curve as average precision, the sum of precision times the step in
 * recall, without interpolation (scikit-learn's `average_precision_score`). Its chance level is the share
 * of positives, not 0.5.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function auprc(labels: Labels, scores: Scores): number {
  const { precision, recall } = precisionRecallCurve(labels, scores);
  let area = 0;
  for (let i = 0; i < recall.length; i++) area += precision[i]! * (recall[i]! - (recall[i - 1] ?? 0));
  return area;
}
