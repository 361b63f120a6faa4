import { readingsError } from './errors.js';
import { jointConcordance } from './joint-concordance.js';
import type { MeasuredCell } from './merit.js';

/**
 * Mean product of the two cells' scores over pairs of pairs that share no case: an unbiased estimate of the product of
 * their expectations (the fourth moment of Gallas 2006, Acad Radiol 13:353). The product of the values less this is an
 * unbiased estimate of their covariance, for whatever cases the cells share.
 *
 * @throws ChromarayError `CHROMARAY_MRMC_TOO_FEW`
 */
export function meanProductOfOthers(first: MeasuredCell, second: MeasuredCell): number {
  const shared = sharedPositions(first, second);
  if (first.parts!.some(Number.isNaN)) return ofShares(first, second, shared);
  const [a, b] = [first.cell, second.cell];
  // Over all pairs of pairs; those that share both cases; the positive alone; the negative alone.
  const all = first.value * second.value * a.positives * a.negatives * b.positives * b.negatives;
  let sharedPositives = 0;
  let sharedNegatives = 0;
  let samePositive = 0;
  let sameNegative = 0;
  for (const [x, y] of shared) {
    const product = first.parts![x]! * second.parts![y]!;
    if (a.labels[x] === 1) {
      sharedPositives++;
      samePositive += product * a.negatives * b.negatives;
    } else {
      sharedNegatives++;
      sameNegative += product * a.positives * b.positives;
    }
  }
  const sameBoth = sharedPositives * sharedNegatives === 0 ? 0 : jointConcordance(a, b, shared);
  const others = all - samePositive - sameNegative + sameBoth;
  const count =
    a.positives * a.negatives * b.positives * b.negatives -
    sharedPositives * a.negatives * b.negatives -
    sharedNegatives * a.positives * b.positives +
    sharedPositives * sharedNegatives;
  return others / requirePairs(count);
}

/** The same for a mean over one class: pairs of different cases. */
function ofShares(first: MeasuredCell, second: MeasuredCell, shared: readonly (readonly [number, number])[]): number {
  const size = ({ parts }: MeasuredCell): number => parts!.reduce((n, part) => (Number.isNaN(part) ? n : n + 1), 0);
  const [n, m] = [size(first), size(second)];
  let same = 0;
  let products = 0;
  for (const [x, y] of shared) {
    const product = first.parts![x]! * second.parts![y]!;
    if (Number.isNaN(product)) continue;
    same++;
    products += product;
  }
  return (first.value * second.value * n * m - products) / requirePairs(n * m - same);
}

function requirePairs(count: number): number {
  if (count > 0) return count;
  throw readingsError('TOO_FEW', 'Two cells have too few cases for an unbiased covariance.', 'Have more cases read.');
}

/** Positions in both cells of the cases that both have, by merging two ascending lists. */
function sharedPositions({ cell: a }: MeasuredCell, { cell: b }: MeasuredCell): (readonly [number, number])[] {
  const shared: (readonly [number, number])[] = [];
  for (let x = 0, y = 0; x < a.cases.length && y < b.cases.length; ) {
    const [left, right] = [a.cases[x]!, b.cases[y]!];
    if (left === right) shared.push([x, y]);
    if (left <= right) x++;
    if (right <= left) y++;
  }
  return shared;
}
