import { argumentError } from '../input/errors.js';
import { placementsOf } from '../roc/placement.js';
import { readingsError } from './errors.js';
import { partialArea, sortedRatings } from './partial-area.js';
import type { Cell, ReaderTable } from './readings.js';

/**
 * What is measured of each reader in each arm, a number in [0, 1]. A rating of at least `cut` counts as "positive".
 * `partial auc` is the area under the empirical curve between two false positive rates, divided by their distance: the
 * mean sensitivity there.
 */
export type Merit =
  | { readonly of: 'auc' }
  | { readonly of: 'sensitivity' | 'specificity'; readonly cut: number }
  | { readonly of: 'partial auc'; readonly from: number; readonly to: number };

/** A cell's value, and what it would be without each of its cases. */
export interface MeasuredCell {
  readonly cell: Cell;
  readonly value: number;
  /** Parallel to `cell.cases`. */
  readonly without: Float64Array;
  /**
   * For merits that are means over cases of a class: each case's part, whose mean over its class is the value (placement
   * values for the AUC). Null for the partial area; empty parts (NaN) for the class that does not count.
   */
  readonly parts: Float64Array | null;
}

/**
 * Measures a cell.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for a range outside 0 to 1
 */
export function measureCell(cell: Cell, merit: Merit): MeasuredCell {
  switch (merit.of) {
    case 'auc':
      return measureAuc(cell);
    case 'sensitivity':
      return measureShare(cell, 1, (rating) => rating >= merit.cut);
    case 'specificity':
      return measureShare(cell, 0, (rating) => rating < merit.cut);
    case 'partial auc':
      return measurePartial(cell, merit.from, merit.to);
  }
}

/** Which classes a merit needs at least two cases of, in every cell. */
export function neededClasses(merit: Merit): readonly (0 | 1)[] {
  if (merit.of === 'sensitivity') return [1];
  return merit.of === 'specificity' ? [0] : [1, 0];
}

/**
 * Refuses cells with too few cases for a value and its variance.
 *
 * @throws ChromarayError `CHROMARAY_MRMC_TOO_FEW`, naming reader, arm and class
 */
export function requireCases(cell: Cell, merit: Merit, table: ReaderTable): void {
  for (const label of neededClasses(merit)) {
    const found = label === 1 ? cell.positives : cell.negatives;
    if (found >= 2) continue;
    const [reader, arm] = [table.readers[cell.reader]!, table.treatments[cell.treatment]!];
    throw readingsError(
      'TOO_FEW',
      `Reader ${reader} has read ${found} ${label === 1 ? 'positive' : 'negative'} ${found === 1 ? 'case' : 'cases'} in arm ${arm}; at least 2 are needed.`,
      'Leave this reader out, or have more cases read.',
      { reader, treatment: arm, found },
    );
  }
}

/** The mean of V over either class is the AUC, so leaving a case out subtracts its V from the sum of its class. */
function measureAuc(cell: Cell): MeasuredCell {
  const { labels, ratings, positives, negatives } = cell;
  const { auroc, values } = placementsOf({ labels, scores: ratings, positives, negatives });
  const without = values.map((value, k) => {
    const size = labels[k] === 1 ? positives : negatives;
    return (size * auroc - value) / (size - 1);
  });
  return { cell, value: auroc, without, parts: values };
}

function measureShare(cell: Cell, label: 0 | 1, isRight: (rating: number) => boolean): MeasuredCell {
  const { labels, ratings, positives, negatives } = cell;
  const size = label === 1 ? positives : negatives;
  const parts = Float64Array.from(ratings, (rating, k) => (labels[k] === label ? Number(isRight(rating)) : Number.NaN));
  const right = parts.reduce((sum, part) => (Number.isNaN(part) ? sum : sum + part), 0);
  const value = right / size;
  const without = parts.map((part) => (Number.isNaN(part) ? value : (right - part) / (size - 1)));
  return { cell, value, without, parts };
}

function measurePartial(cell: Cell, from: number, to: number): MeasuredCell {
  if (!(from >= 0 && to <= 1 && from < to)) {
    throw argumentError('The range of false positive rates', `${from} to ${to}`, 'a range within 0 to 1');
  }
  const sorted = sortedRatings(cell);
  const without = new Float64Array(cell.cases.length);
  for (let k = 0; k < without.length; k++) without[k] = partialArea(sorted, from, to, k);
  return { cell, value: partialArea(sorted, from, to), without, parts: null };
}
