import type { CheckedScores } from '../input/scored.js';
import type { ClassParts } from '../roc/covariance.js';

/** Parts from how far each record pulls the value, moved so that the pulls of a class average to 0. */
export function centredParts(checked: CheckedScores, value: number, pulls: Float64Array): ClassParts {
  const { labels, positives, negatives } = checked;
  const sums = [0, 0];
  for (let i = 0; i < labels.length; i++) sums[labels[i]!]! += pulls[i]!;
  const means = [sums[0]! / negatives, sums[1]! / positives];
  const parts = pulls.map((pull, i) => value + pull - means[labels[i]!]!);
  return { labels, parts, value, positives, negatives };
}
