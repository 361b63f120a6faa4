import type { Clusters } from '../input/clusters.js';
import type { CheckedScores } from '../input/scored.js';
import { ascendingOrder } from '../roc/ranks.js';

/**
 * AUROC of resampled patients without sorting again: the records are sorted once, and a resample is a
 * weight for each patient. One pass over the records a resample.
 */
export class WeightedAuroc {
  private readonly patient: Int32Array;
  private readonly positive: Uint8Array;
  private readonly endsTie: Uint8Array;

  constructor(checked: CheckedScores, clusters: Clusters) {
    const { labels, scores } = checked;
    const order = ascendingOrder(scores);
    this.patient = Int32Array.from(order, (record) => clusters.ofRecord[record]!);
    this.positive = Uint8Array.from(order, (record) => labels[record]!);
    this.endsTie = Uint8Array.from(order, (record, k) =>
      k === order.length - 1 || scores[order[k + 1]!] !== scores[record] ? 1 : 0,
    );
  }

  /** @param weights how often each patient counts; both classes must have a patient with a weight above 0 */
  value(weights: ArrayLike<number>): number {
    const { patient, positive, endsTie } = this;
    let concordant = 0;
    let positives = 0;
    let negatives = 0;
    let tiedPositives = 0;
    let tiedNegatives = 0;
    for (let k = 0; k < patient.length; k++) {
      const weight = weights[patient[k]!]!;
      if (positive[k] === 1) tiedPositives += weight;
      else tiedNegatives += weight;
      if (endsTie[k] === 1) {
        concordant += tiedPositives * (negatives + tiedNegatives / 2);
        positives += tiedPositives;
        negatives += tiedNegatives;
        tiedPositives = 0;
        tiedNegatives = 0;
      }
    }
    return concordant / positives / negatives;
  }
}
