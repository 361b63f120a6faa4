import type { Labels, Scores } from '../input/scored.js';
import { checkProbabilities, requireBothClasses } from '../input/scored.js';
import type { ClassParts } from '../roc/covariance.js';
import { centredParts } from './class-parts.js';

/**
 * The Brier score with each record's part in it: its squared distance, weighed by the share of its class.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_PROBABILITY`, `_ONE_CLASS`
 */
export function brierParts(labels: Labels, probabilities: Scores): ClassParts {
  const checked = checkProbabilities(labels, probabilities);
  requireBothClasses(checked);
  const records = checked.labels.length;
  const distances = checked.scores.map((probability, i) => (probability - checked.labels[i]!) ** 2);
  const value = distances.reduce((sum, distance) => sum + distance, 0) / records;
  const shares = [checked.negatives / records, checked.positives / records];
  return centredParts(
    checked,
    value,
    distances.map((distance, i) => shares[checked.labels[i]!]! * distance),
  );
}
