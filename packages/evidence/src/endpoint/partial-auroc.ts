import type { CheckedScores } from '../input/scored.js';
import type { ClassParts } from '../roc/covariance.js';
import { ascendingOrder, forEachTie } from '../roc/ranks.js';
import { centredParts } from './class-parts.js';

/**
 * The area under the empirical ROC curve between two false positive rates, standardised as McClish (1989, Med Decis
 * Making 9:190) does: (1 + (area - least) / (most - least)) / 2, where guessing gives the least and perfect separation the most. 0.5
 * is guessing, 1 perfect; over the whole range it is the AUROC.
 *
 * The area is the mean over positives of the length of the range that lies above the false positive rate at their score; records
 * tied across classes make a slanted step. Each record's part is its derivative: negatives move the rates of the
 * positives below them, as far as these lie within the range.
 */
export function partialAurocParts(checked: CheckedScores, [from, to]: readonly [number, number]): ClassParts {
  const { labels, scores, positives, negatives } = checked;
  const order = ascendingOrder(scores);
  const pulls = new Float64Array(labels.length);
  let negativesAbove = negatives;
  let area = 0;
  // Over the positives below, how much of each one's step lies within the range.
  let moved = 0;
  forEachTie(scores, order, (start, end) => {
    let tied = 0;
    for (let k = start; k < end; k++) tied += labels[order[k]!]!;
    const high = negativesAbove / negatives;
    negativesAbove -= end - start - tied;
    const low = negativesAbove / negatives;
    const length = meanLength(low, high, from, to);
    const within = shareWithin(low, high, from, to);
    area += tied * length;
    for (let k = start; k < end; k++) {
      const record = order[k]!;
      pulls[record] = labels[record] === 1 ? length : -(moved + (tied * within) / 2) / positives;
    }
    moved += tied * within;
  });
  const least = (to ** 2 - from ** 2) / 2;
  const scale = 1 / (2 * (to - from - least));
  const value = 0.5 + scale * (area / positives - least);
  return centredParts(
    checked,
    value,
    pulls.map((pull) => scale * pull),
  );
}

/** Mean over rates from `low` to `high` of what of the range from..to lies above the rate. */
function meanLength(low: number, high: number, from: number, to: number): number {
  if (low === high) return to - Math.min(to, Math.max(from, low));
  // Integral of the length from rate 0 to x.
  const integral = (x: number): number => {
    const inside = Math.min(to, Math.max(from, x));
    return Math.min(x, from) * (to - from) + (inside - from) * (to - (inside + from) / 2);
  };
  return (integral(high) - integral(low)) / (high - low);
}

/** Of the rates from `low` to `high`, the share within the range. */
function shareWithin(low: number, high: number, from: number, to: number): number {
  if (low === high) return low > from && low < to ? 1 : 0;
  return Math.max(0, Math.min(high, to) - Math.max(low, from)) / (high - low);
}
