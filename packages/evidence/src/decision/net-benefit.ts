import { checkProbabilities, type Labels, type Scores } from '../input/scored.js';
import { requireOpenUnit } from '../interval.js';
import { confusionMatrix } from '../threshold/confusion.js';

/** One point of a decision curve: true positives minus weighed false positives, a record. */
export interface NetBenefit {
  /** The probability from which one would act; its odds weigh a false positive against a true one. */
  readonly threshold: number;
  readonly model: number;
  /** Acting on everybody; acting on nobody has a net benefit of 0. */
  readonly everybody: number;
}

/**
 * Decision curve (Vickers & Elkin 2006): TP/n - FP/n · threshold / (1 - threshold).
 *
 * @param thresholds probabilities inside (0, 1)
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function decisionCurve(labels: Labels, probabilities: Scores, thresholds: readonly number[]): NetBenefit[] {
  const checked = checkProbabilities(labels, probabilities);
  const n = checked.scores.length;
  return thresholds.map((threshold) => {
    requireOpenUnit(threshold, 'A threshold of a decision curve');
    const odds = threshold / (1 - threshold);
    const { truePositives, falsePositives } = confusionMatrix(checked.labels, checked.scores, threshold);
    return {
      threshold,
      model: (truePositives - falsePositives * odds) / n,
      everybody: (checked.positives - checked.negatives * odds) / n,
    };
  });
}
