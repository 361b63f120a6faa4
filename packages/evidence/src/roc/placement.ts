import { type CheckedScores, checkTwoClasses, type Labels, type Scores } from '../input/scored.js';
import { ascendingOrder, forEachTie } from './ranks.js';

/**
 * Placement values, the "structural components" of DeLong 1988: for a positive record the share of
 * negatives scored below it, for a negative record the share of positives scored above it, ties counting
 * one half. Their mean over either class is the AUROC. All in [0, 1].
 */
export interface Placements {
  readonly labels: Uint8Array;
  readonly values: Float64Array;
  readonly auroc: number;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Placement values of all records in O(n log n), by one sort (the idea of Sun & Xu 2014).
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_EMPTY`, `_LENGTH`, `_LABEL`, `_SCORE`, `_ONE_CLASS`
 */
export function placements(labels: Labels, scores: Scores): Placements {
  return placementsOf(checkTwoClasses(labels, scores));
}

/** As {@link placements}, for input that has been checked. */
export function placementsOf(checked: CheckedScores): Placements {
  const { labels, scores, positives, negatives } = checked;
  const order = ascendingOrder(scores);
  const values = new Float64Array(scores.length);
  let positivesBelow = 0;
  let negativesBelow = 0;
  // Twice the number of concordant pairs: a whole number, so that the AUROC is exact and never above 1.
  let twiceConcordant = 0;
  forEachTie(scores, order, (start, end) => {
    let tiedPositives = 0;
    for (let k = start; k < end; k++) tiedPositives += labels[order[k]!]!;
    const tiedNegatives = end - start - tiedPositives;
    const ofPositive = (negativesBelow + tiedNegatives / 2) / negatives;
    const ofNegative = (positives - positivesBelow - tiedPositives / 2) / positives;
    for (let k = start; k < end; k++) values[order[k]!] = labels[order[k]!] === 1 ? ofPositive : ofNegative;
    twiceConcordant += tiedPositives * (2 * negativesBelow + tiedNegatives);
    positivesBelow += tiedPositives;
    negativesBelow += tiedNegatives;
  });
  return { labels, values, auroc: twiceConcordant / 2 / positives / negatives, positives, negatives };
}
