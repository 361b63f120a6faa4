import type { Clusters } from '../input/clusters.js';
import type { CheckedScores } from '../input/scored.js';
import { ascendingOrder } from '../roc/ranks.js';
import { type EndpointMeasure, requireRange } from './measure.js';

/**
 * An endpoint of resampled patients without sorting again: the records are sorted once, and a resample is a weight for
 * each patient. One pass over the records a resample.
 */
export class WeightedEndpoint {
  private readonly scores: Float64Array;
  private readonly patient: Int32Array;
  private readonly positive: Uint8Array;

  constructor(
    private readonly measure: EndpointMeasure,
    { labels, scores }: CheckedScores,
    clusters: Clusters,
  ) {
    const order = ascendingOrder(scores).reverse();
    this.scores = Float64Array.from(order, (record) => scores[record]!);
    this.patient = Int32Array.from(order, (record) => clusters.ofRecord[record]!);
    this.positive = Uint8Array.from(order, (record) => labels[record]!);
  }

  /**
   * @param weights how often each patient counts; both classes must have a patient with a weight above 0
   * @param threshold for endpoints that decide
   */
  value(weights: ArrayLike<number>, threshold: number): number {
    const { metric } = this.measure;
    if (metric === 'brier') return this.brier(weights);
    const all = this.counts(weights, Number.NEGATIVE_INFINITY);
    if (metric === 'auroc') return this.area(weights, all, [0, 1]);
    if (metric === 'auprc') return this.averagePrecision(weights, all.positives);
    if (metric === 'partial-auroc') {
      const [from, to] = requireRange(this.measure);
      const least = (to ** 2 - from ** 2) / 2;
      return 0.5 + (this.area(weights, all, [from, to]) - least) / (2 * (to - from - least));
    }
    const called = this.counts(weights, threshold);
    const sensitivity = called.positives / all.positives;
    const specificity = 1 - called.negatives / all.negatives;
    if (metric === 'balanced-accuracy') return (sensitivity + specificity) / 2;
    return metric === 'sensitivity' ? sensitivity : specificity;
  }

  /** Weights of both classes at or above a score. */
  private counts(weights: ArrayLike<number>, threshold: number) {
    let [positives, negatives] = [0, 0];
    for (let k = 0; k < this.scores.length && this.scores[k]! >= threshold; k++) {
      if (this.positive[k] === 1) positives += weights[this.patient[k]!]!;
      else negatives += weights[this.patient[k]!]!;
    }
    return { positives, negatives };
  }

  /** Calls `visit` with the weights of both classes at each distinct score, from the highest down. */
  private descend(
    weights: ArrayLike<number>,
    visit: (positives: number, negatives: number, score: number) => void,
  ): void {
    const { scores, patient, positive } = this;
    for (let k = 0; k < scores.length; ) {
      const score = scores[k]!;
      let [positives, negatives] = [0, 0];
      for (; k < scores.length && scores[k] === score; k++) {
        if (positive[k] === 1) positives += weights[patient[k]!]!;
        else negatives += weights[patient[k]!]!;
      }
      if (positives + negatives > 0) visit(positives, negatives, score);
    }
  }

  private averagePrecision(weights: ArrayLike<number>, all: number): number {
    let [found, called, sum] = [0, 0, 0];
    this.descend(weights, (positives, negatives) => {
      found += positives;
      called += positives + negatives;
      sum += (positives * found) / called;
    });
    return sum / all;
  }

  /** Under the ROC curve between two false positive rates, by trapezoids. */
  private area(
    weights: ArrayLike<number>,
    all: { readonly positives: number; readonly negatives: number },
    [from, to]: readonly [number, number],
  ): number {
    let [x, y, sum] = [0, 0, 0];
    this.descend(weights, (positives, negatives) => {
      const [width, rise] = [negatives / all.negatives, positives / all.positives];
      const [left, right] = [Math.max(x, from), Math.min(x + width, to)];
      if (right > left) sum += (right - left) * (y + (rise * ((left + right) / 2 - x)) / width);
      x += width;
      y += rise;
    });
    return sum;
  }

  private brier(weights: ArrayLike<number>): number {
    let [sum, drawn] = [0, 0];
    this.descend(weights, (positives, negatives, probability) => {
      sum += positives * (1 - probability) ** 2 + negatives * probability ** 2;
      drawn += positives + negatives;
    });
    return sum / drawn;
  }
}
