import { lengthError } from '../input/errors.js';
import { finiteCopy } from '../input/scored.js';
import { ascendingOrder, forEachTie } from '../roc/ranks.js';

/**
 * Spearman's rank correlation (1904) in [-1, 1]: Pearson's correlation of mid-ranks, which counts ties. Null where
 * all values of one list are equal, or with fewer than two, since ranks then say nothing.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_LENGTH`, `_SCORE` for NaN or infinity
 */
export function rankCorrelation(first: ArrayLike<number>, second: ArrayLike<number>): number | null {
  if (first.length !== second.length) throw lengthError('first values', first.length, 'second values', second.length);
  const [a, b] = [midRanks(finiteCopy(first, 'value')), midRanks(finiteCopy(second, 'value'))];
  const middle = (a.length + 1) / 2;
  let [product, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - middle, b[i]! - middle];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  if (squareA === 0 || squareB === 0) return null;
  return Math.max(-1, Math.min(1, product / Math.sqrt(squareA * squareB)));
}

/** Ranks from 1; equal values share the mean of their ranks. */
function midRanks(values: Float64Array): Float64Array {
  const ranks = new Float64Array(values.length);
  const order = ascendingOrder(values);
  forEachTie(values, order, (start, end) => {
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
  });
  return ranks;
}
