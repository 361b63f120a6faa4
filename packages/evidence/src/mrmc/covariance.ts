import { argumentError } from '../input/errors.js';
import type { MeasuredCell } from './merit.js';
import { meanProductOfOthers } from './unbiased.js';

/**
 * How the covariances between cells are estimated, over new cases: `jackknife`, any merit (Quenouille; the usual choice of
 * Obuchowski and Rockette 1995); `delong`, from placement values (DeLong 1988); `unbiased`, from U-statistics (Gallas 2006).
 */
export type CovarianceMethod = 'jackknife' | 'delong' | 'unbiased';

/**
 * Covariance matrix of all cells' values over new cases. Cells that share no case have covariance 0: their cases are
 * nested in them.
 *
 * @param cases number of distinct cases of the whole study
 * @param counting how many of them count for the merit; the jackknife leaves out one of these at a time
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for a merit that the method does not know
 */
export function cellCovariances(
  cells: readonly MeasuredCell[],
  cases: number,
  counting: number,
  method: CovarianceMethod,
): readonly Float64Array[] {
  if (method === 'jackknife') return productMatrix(cells.map((cell) => jackknifeDeviations(cell, cases, counting)));
  if (cells.some(({ parts }) => parts === null)) {
    throw argumentError('The estimate of covariances', method, 'jackknife, for a partial area');
  }
  if (method === 'delong') return productMatrix(cells.map((cell) => delongDeviations(cell, cases)));
  return symmetric(cells.length, (a, b) => {
    const [first, second] = [cells[a]!, cells[b]!];
    return first.value * second.value - meanProductOfOthers(first, second);
  });
}

/** Scaled so that sums of products are covariances: sqrt((N - 1) / N) (value without a case - their mean). */
function jackknifeDeviations(
  { cell, value, without, parts }: MeasuredCell,
  cases: number,
  counting: number,
): Float64Array {
  const mean = parts === null ? meanWithout(value, without, counting) : value;
  const scale = Math.sqrt((counting - 1) / counting);
  const deviations = new Float64Array(cases).fill(scale * (value - mean));
  cell.cases.forEach((number, k) => {
    deviations[number] = scale * (without[k]! - mean);
  });
  return deviations;
}

/** Of a mean over cases this is the value itself: here rounding would make a covariance of cells that share no case. */
function meanWithout(value: number, without: Float64Array, counting: number): number {
  return without.reduce((sum, left) => sum + left, (counting - without.length) * value) / counting;
}

/** (part - value) / sqrt(n (n - 1)) for the n cases of a class. */
function delongDeviations({ cell, value, parts }: MeasuredCell, cases: number): Float64Array {
  const scale = (size: number): number => 1 / Math.sqrt(size * (size - 1));
  const [ofPositive, ofNegative] = [scale(cell.positives), scale(cell.negatives)];
  const deviations = new Float64Array(cases);
  cell.cases.forEach((number, k) => {
    const part = parts![k]!;
    if (!Number.isNaN(part)) deviations[number] = (cell.labels[k] === 1 ? ofPositive : ofNegative) * (part - value);
  });
  return deviations;
}

function productMatrix(deviations: readonly Float64Array[]): Float64Array[] {
  return symmetric(deviations.length, (a, b) => {
    const [first, second] = [deviations[a]!, deviations[b]!];
    let sum = 0;
    for (let k = 0; k < first.length; k++) sum += first[k]! * second[k]!;
    return sum;
  });
}

function symmetric(size: number, entry: (a: number, b: number) => number): Float64Array[] {
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  for (let a = 0; a < size; a++) {
    for (let b = a; b < size; b++) {
      const value = entry(a, b);
      matrix[a]![b] = value;
      matrix[b]![a] = value;
    }
  }
  return matrix;
}
