import { argumentError } from '../input/errors.js';
import { compareMeans, type PairedComparison } from '../seeds/difference.js';
import { meanOf, varianceOf } from '../seeds/summary.js';
import type { SeedSpread } from '../seeds/variance.js';
import type { MeasuredNetworks } from './networks.js';

/** Cells of a factorial: for each, the indices of its networks, one a seed in the same order. */
export type Cells = readonly (readonly number[])[];

/**
 * The mean of some cells against the mean of as many others, for new patients and new seeds: the primary test of two arms
 * (`compareMeans`) with a mean of cells on either side. Seeds are nested in cells, as they are in arms: each
 * cell's variance over its k seeds enters by itself, and with C cells on both sides together they have C (k - 1) degrees of freedom, as
 * the residuals of a factorial with k repeats have.
 *
 * @param plus cells whose mean is the first, at least one
 * @param minus the others, as many
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for groups of unequal size, cells with different numbers of seeds, or
 *   fewer than two seeds: a single one tells nothing of others
 */
export function compareGroups(networks: MeasuredNetworks, plus: Cells, minus: Cells, level = 0.95): PairedComparison {
  const seeds = plus[0]?.length ?? 0;
  if (plus.length !== minus.length) throw argumentError('The number of cells', minus.length, `${plus.length}, as many`);
  if ([...plus, ...minus].some((cell) => cell.length !== seeds) || seeds < 2) {
    throw argumentError('The number of seeds of a cell', seeds, 'at least 2, and equal in all cells');
  }
  const bySeed = (cells: Cells) => Array.from({ length: seeds }, (_, s) => cells.map((cell) => cell[s]!));
  const { values, ...measured } = networks.groups([...bySeed(plus), ...bySeed(minus)]);
  return compareMeans(
    {
      ...measured,
      arm: values.slice(0, seeds),
      control: values.slice(seeds),
      spreads: { arm: spreadOf(networks, plus), control: spreadOf(networks, minus) },
    },
    level,
  );
}

/** Of the mean of cells that vary independently. */
function spreadOf({ values }: MeasuredNetworks, cells: Cells): SeedSpread {
  const variances = cells.map((cell) => varianceOf(cell.map((i) => values[i]!)));
  return {
    variance: meanOf(variances) / cells.length,
    degrees: cells.reduce((sum, cell) => sum + cell.length - 1, 0),
  };
}
