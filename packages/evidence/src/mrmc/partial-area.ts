import { ascendingOrder } from '../roc/ranks.js';
import type { Cell } from './readings.js';

/** A cell's cases in descending order of rating. */
export interface SortedRatings {
  /** Positions in the cell. */
  readonly order: Uint32Array;
  readonly labels: Uint8Array;
  readonly ratings: Float64Array;
}

export function sortedRatings({ labels, ratings }: Cell): SortedRatings {
  return { order: ascendingOrder(ratings).reverse(), labels, ratings };
}

/**
 * Mean sensitivity of the empirical ROC curve (straight lines between its points) over false positive rates from `from`
 * to `to`, in one pass.
 *
 * @param leftOut position of a case to do without
 */
export function partialArea(sorted: SortedRatings, from: number, to: number, leftOut = -1): number {
  const { order, labels, ratings } = sorted;
  let positives = 0;
  for (let i = 0; i < labels.length; i++) if (i !== leftOut) positives += labels[i]!;
  const negatives = labels.length - (leftOut >= 0 ? 1 : 0) - positives;
  let truePositives = 0;
  let falsePositives = 0;
  let area = 0;
  for (let start = 0; start < order.length; ) {
    const rating = ratings[order[start]!]!;
    const [x0, y0] = [falsePositives / negatives, truePositives / positives];
    let end = start;
    for (; end < order.length && ratings[order[end]!] === rating; end++) {
      const position = order[end]!;
      if (position === leftOut) continue;
      if (labels[position] === 1) truePositives++;
      else falsePositives++;
    }
    start = end;
    const x1 = falsePositives / negatives;
    const y1 = truePositives / positives;
    const [left, right] = [Math.max(x0, from), Math.min(x1, to)];
    if (right <= left) continue;
    const heightAt = (x: number): number => y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
    area += ((heightAt(left) + heightAt(right)) / 2) * (right - left);
  }
  return area / (to - from);
}
