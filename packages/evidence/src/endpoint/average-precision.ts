import type { CheckedScores } from '../input/scored.js';
import type { ClassParts } from '../roc/covariance.js';
import { ascendingOrder, forEachTie } from '../roc/ranks.js';
import { centredParts } from './class-parts.js';

/**
 * Average precision, the mean over positives of the precision at their score, with each record's part in it: its
 * derivative by the weight of the record (the infinitesimal jackknife). A record changes the precision at every score up
 * to its own, so one pass from the lowest score up finds them all.
 */
export function averagePrecisionParts(checked: CheckedScores): ClassParts {
  const { labels, scores, positives, negatives } = checked;
  const order = ascendingOrder(scores);
  const pulls = new Float64Array(labels.length);
  let above = labels.length;
  let positivesAbove = positives;
  let area = 0;
  // Over the positives at or below: 1 / (records called positive there), and precision over the same.
  let inverse = 0;
  let precisions = 0;
  forEachTie(scores, order, (start, end) => {
    let tied = 0;
    for (let k = start; k < end; k++) tied += labels[order[k]!]!;
    const precision = positivesAbove / above;
    area += tied * precision;
    inverse += tied / above;
    precisions += (tied * precision) / above;
    for (let k = start; k < end; k++) {
      const record = order[k]!;
      pulls[record] = labels[record] === 1 ? precision + inverse - precisions : (-negatives * precisions) / positives;
    }
    above -= end - start;
    positivesAbove -= tied;
  });
  return centredParts(checked, area / positives, pulls);
}
