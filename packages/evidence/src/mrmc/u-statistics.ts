import { placementsOf } from '../roc/placement.js';
import { meanOf, varianceOf } from '../seeds/summary.js';
import { mrmcComponents } from './components.js';
import { readingsError } from './errors.js';
import type { Cell, ReaderTable } from './readings.js';

/** The difference of two arms' mean AUCs with the variance of one-shot U-statistics. */
export interface UStatistics {
  /** First arm less second, mean over readers. */
  readonly difference: number;
  /** Unbiased, for new readers and new cases; may be below 0. */
  readonly variance: number;
  /** Satterthwaite's, from the parts of readers, positive and negative cases (Obuchowski, Gallas and Hillis 2012). */
  readonly degreesOfFreedom: number;
  /** The plug-in ("MLE") estimate, which is never below 0. */
  readonly pluginVariance: number;
}

/**
 * What iMRMC gives for two arms in which every reader read every case (Gallas 2006, Acad Radiol 13:353; Gallas et al. 2009,
 * Commun Stat A 38:2586). The unbiased variance is that of Obuchowski and Rockette's test with unbiased covariances, without
 * a lower limit for Cov2 - Cov3.
 *
 * @throws ChromarayError `CHROMARAY_MRMC_DESIGN` for other designs; `_TOO_FEW`
 */
export function uStatistics(table: ReaderTable): UStatistics {
  const [first, second] = crossedPair(table);
  const { msTR, cov2, cov3, readers, perTreatment } = mrmcComponents(table, { of: 'auc' }, 'unbiased');
  const placed = first.map((cell, j) => placementDifferences(cell, second[j]!));
  const perReader = placed.map(({ difference }) => difference);
  const overReaders = Array.from(first[0]!.cases, (_, k) => meanOf(placed.map(({ values }) => values[k]!)));
  const { labels } = first[0]!;
  const ofClass = (values: ArrayLike<number>, label: number) =>
    Array.from(values).filter((_, k) => labels[k] === label);
  const variance = (2 / readers) * (msTR + readers * (cov2 - cov3));
  const satterthwaite = [perReader, ofClass(overReaders, 1), ofClass(overReaders, 0)].reduce(
    (sum, means) => sum + (varianceOf(means) / means.length) ** 2 / (means.length - 1),
    0,
  );
  return {
    difference: perTreatment[0]!.mean - perTreatment[1]!.mean,
    variance,
    degreesOfFreedom: variance ** 2 / satterthwaite,
    pluginVariance: pluginVariance(first, second, {
      reader: meanSquare(perReader),
      positive: meanSquare(ofClass(overReaders, 1)),
      negative: meanSquare(ofClass(overReaders, 0)),
      readerPositive: meanSquare(placed.flatMap(({ values }) => ofClass(values, 1))),
      readerNegative: meanSquare(placed.flatMap(({ values }) => ofClass(values, 0))),
      ...pairSquares(first, second),
    }),
  };
}

/** Mean squares of the kernel's means: each over what is not named, squared, averaged over what is. */
interface Moments {
  readonly reader: number;
  readonly positive: number;
  readonly negative: number;
  readonly readerPositive: number;
  readonly readerNegative: number;
  readonly pair: number;
  readonly readerPair: number;
}

/** Weights: the chance that two draws with replacement share a reader, a positive, a negative case. */
function pluginVariance(first: readonly Cell[], second: readonly Cell[], moments: Moments): number {
  const { positives, negatives } = first[0]!;
  const [r, p, n] = [1 / first.length, 1 / positives, 1 / negatives];
  const difference = meanOf(first.map((cell, j) => placementDifferences(cell, second[j]!).difference));
  return (
    r * (1 - p) * (1 - n) * moments.reader +
    (1 - r) * p * (1 - n) * moments.positive +
    (1 - r) * (1 - p) * n * moments.negative +
    r * p * (1 - n) * moments.readerPositive +
    r * (1 - p) * n * moments.readerNegative +
    (1 - r) * p * n * moments.pair +
    r * p * n * moments.readerPair +
    ((1 - r) * (1 - p) * (1 - n) - 1) * difference ** 2
  );
}

function placementDifferences(a: Cell, b: Cell): { values: Float64Array; difference: number } {
  const [first, second] = [a, b].map((cell) => placementsOf({ ...cell, scores: cell.ratings }));
  return {
    values: first!.values.map((value, k) => value - second!.values[k]!),
    difference: first!.auroc - second!.auroc,
  };
}

/** O(readers x positives x negatives): the plug-in estimate alone needs it. */
function pairSquares(first: readonly Cell[], second: readonly Cell[]): { pair: number; readerPair: number } {
  const { labels } = first[0]!;
  const score = ({ ratings }: Cell, i: number, k: number): number => (1 + Math.sign(ratings[i]! - ratings[k]!)) / 2;
  let [pair, readerPair, pairs] = [0, 0, 0];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== 1) continue;
    for (let k = 0; k < labels.length; k++) {
      if (labels[k] !== 0) continue;
      let [sum, squares] = [0, 0];
      for (let j = 0; j < first.length; j++) {
        const difference = score(first[j]!, i, k) - score(second[j]!, i, k);
        sum += difference;
        squares += difference * difference;
      }
      pair += (sum / first.length) ** 2;
      readerPair += squares / first.length;
      pairs++;
    }
  }
  return { pair: pair / pairs, readerPair: readerPair / pairs };
}

function meanSquare(values: readonly number[]): number {
  return meanOf(values.map((value) => value * value));
}

function crossedPair({ cells, cases }: ReaderTable): readonly [readonly Cell[], readonly Cell[]] {
  const [first, second] = cells.map((row) =>
    row.flatMap((cell) => (cell?.cases.length === cases.length ? [cell] : [])),
  );
  const readers = cells[0]!.length;
  if (cells.length === 2 && first!.length === readers && second!.length === readers && readers > 1) {
    return [first!, second!];
  }
  throw readingsError(
    'DESIGN',
    'These U-statistics compare two arms in which the same two or more readers read every case.',
    'Leave out incomplete cases, or use the analysis of Obuchowski and Rockette.',
  );
}
