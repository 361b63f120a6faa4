import type { Labels, Scores } from '../input/scored.js';
import { placements } from './placement.js';

/**
 * Area under the ROC curve: the probability that a positive record scores above a negative one, ties
 * counting one half (Mann-Whitney). In [0, 1]; 0.5 is chance. O(n log n).
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_EMPTY`, `_LENGTH`, `_LABEL`, `_SCORE`, `_ONE_CLASS`
 */
export function auroc(labels: Labels, scores: Scores): number {
  return placements(labels, scores).auroc;
}
