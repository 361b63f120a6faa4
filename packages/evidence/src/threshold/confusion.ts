import { argumentError } from '../input/errors.js';
import { checkScores, type Labels, type Scores } from '../input/scored.js';

/** Counts of records by label and by what was called. */
export interface ConfusionMatrix {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/**
 * The confusion matrix when every record with a score at or above `threshold` is called positive. One
 * class alone is allowed.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function confusionMatrix(labels: Labels, scores: Scores, threshold: number): ConfusionMatrix {
  if (Number.isNaN(threshold)) throw argumentError('The threshold', threshold, 'a number');
  const checked = checkScores(labels, scores);
  let truePositives = 0;
  let falsePositives = 0;
  for (let i = 0; i < checked.scores.length; i++) {
    if (checked.scores[i]! < threshold) continue;
    if (checked.labels[i] === 1) truePositives++;
    else falsePositives++;
  }
  return {
    truePositives,
    falsePositives,
    trueNegatives: checked.negatives - falsePositives,
    falseNegatives: checked.positives - truePositives,
  };
}
