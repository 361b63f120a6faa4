import { ascendingOrder, forEachTie } from '../roc/ranks.js';
import type { Cell } from './readings.js';

/**
 * Sum over all pairs of a shared positive and a shared negative case of (score in `a`) x (score in `b`), a score being 1
 * where the positive is rated higher, 1/2 where both are equal. O(n log n): negatives enter a Fenwick tree over their
 * ratings in `b` in ascending order of their ratings in `a`.
 *
 * @param shared positions of shared cases in `a` and in `b`
 */
export function jointConcordance(a: Cell, b: Cell, shared: readonly (readonly [number, number])[]): number {
  const first = Float64Array.from(shared, ([x]) => a.ratings[x]!);
  const second = Float64Array.from(shared, ([, y]) => b.ratings[y]!);
  const isPositive = (i: number): boolean => a.labels[shared[i]![0]] === 1;
  const rank = denseRanks(second);
  const tree = new Int32Array(rank.count + 1);
  // Negatives that were entered with a rank below `end`.
  const below = (end: number): number => {
    let sum = 0;
    for (let i = end; i > 0; i -= i & -i) sum += tree[i]!;
    return sum;
  };
  const enter = (place: number): void => {
    for (let i = place + 1; i <= rank.count; i += i & -i) tree[i]! += 1;
  };
  // 2 x score = [rated higher] + [rated not lower], in both cells: four counts for each positive.
  let fourfold = 0;
  const count = (i: number): number => below(rank.of[i]!) + below(rank.of[i]! + 1);
  const order = ascendingOrder(first);
  forEachTie(first, order, (start, end) => {
    for (let k = start; k < end; k++) if (isPositive(order[k]!)) fourfold += count(order[k]!);
    for (let k = start; k < end; k++) if (!isPositive(order[k]!)) enter(rank.of[order[k]!]!);
    for (let k = start; k < end; k++) if (isPositive(order[k]!)) fourfold += count(order[k]!);
  });
  return fourfold / 4;
}

/** Ranks from 0; equal values share one. */
function denseRanks(values: Float64Array): { readonly of: Int32Array; readonly count: number } {
  const of = new Int32Array(values.length);
  const order = ascendingOrder(values);
  let count = 0;
  forEachTie(values, order, (start, end) => {
    for (let k = start; k < end; k++) of[order[k]!] = count;
    count++;
  });
  return { of, count };
}
