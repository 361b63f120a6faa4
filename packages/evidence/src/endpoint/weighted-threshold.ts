import type { Clusters } from '../input/clusters.js';
import type { CheckedScores } from '../input/scored.js';
import { ascendingOrder } from '../roc/ranks.js';
import { between, type ThresholdUtility } from '../threshold/choose.js';

/**
 * The threshold that is chosen from resampled patients, without sorting again: with weights of 1 the one that
 * `youdenThreshold` and its like choose.
 */
export class WeightedThreshold {
  private readonly scores: Float64Array;
  private readonly patient: Int32Array;
  private readonly positive: Uint8Array;

  constructor({ labels, scores }: CheckedScores, clusters: Clusters) {
    const order = ascendingOrder(scores).reverse();
    this.scores = Float64Array.from(order, (record) => scores[record]!);
    this.patient = Int32Array.from(order, (record) => clusters.ofRecord[record]!);
    this.positive = Uint8Array.from(order, (record) => labels[record]!);
  }

  /** @param weights how often each patient counts; both classes must have a patient with a weight above 0 */
  choose(weights: ArrayLike<number>, utility: ThresholdUtility): number {
    const { scores, patient, positive } = this;
    let positives = 0;
    let negatives = 0;
    for (let k = 0; k < scores.length; k++) {
      if (positive[k] === 1) positives += weights[patient[k]!]!;
      else negatives += weights[patient[k]!]!;
    }
    let best = Number.POSITIVE_INFINITY;
    let bestUtility = utility(0, 1);
    // The score below the best one, found one step later.
    let next: number | undefined;
    let isBest = true;
    let truePositives = 0;
    let falsePositives = 0;
    for (let k = 0; k < scores.length; ) {
      const score = scores[k]!;
      let drawn = 0;
      for (; k < scores.length && scores[k] === score; k++) {
        const weight = weights[patient[k]!]!;
        drawn += weight;
        if (positive[k] === 1) truePositives += weight;
        else falsePositives += weight;
      }
      if (drawn === 0) continue;
      if (isBest) next = score;
      const value = utility(truePositives / positives, 1 - falsePositives / negatives);
      isBest = value >= bestUtility - 1e-12;
      if (!isBest) continue;
      best = score;
      next = undefined;
      bestUtility = Math.max(value, bestUtility);
    }
    return between(best, next);
  }
}
