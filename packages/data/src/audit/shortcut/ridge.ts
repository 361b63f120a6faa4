import type { Features } from './matrix.js';

/**
 * Scores of records by a linear classifier that has not seen their fold: least squares on labels 1 and 0 with
 * a ridge (Hoerl & Kennard 1970), which for two classes is Fisher's discriminant and, unlike logistic
 * regression, has one solution in closed form, also for classes that separate.
 *
 * @param features standardised
 * @param labels 1 or 0 a record
 * @param folds the fold of each record, from 0
 * @param ridge penalty as a share of the records
 */
export function crossValidatedScores(
  features: Features,
  labels: Uint8Array,
  folds: Uint8Array,
  ridge: number,
): Float64Array {
  const { rows, columns, values } = features;
  const size = columns + 1;
  const count = Math.max(...folds) + 1;
  const sums = Array.from({ length: count }, () => new Float64Array(size * (size + 1)));
  const row = new Float64Array(size);
  row[columns] = 1;
  for (let r = 0; r < rows; r++) {
    row.set(values.subarray(r * columns, (r + 1) * columns));
    addProducts(sums[folds[r]!]!, row, labels[r]!);
  }
  const total = new Float64Array(size * (size + 1));
  for (const sum of sums) for (let i = 0; i < total.length; i++) total[i]! += sum[i]!;

  const scores = new Float64Array(rows);
  for (let fold = 0; fold < count; fold++) {
    const learned = total.map((value, i) => value - sums[fold]![i]!);
    const weights = solve(learned, size, ridge);
    for (let r = 0; r < rows; r++) {
      if (folds[r] !== fold) continue;
      let score = weights[columns]!;
      for (let c = 0; c < columns; c++) score += weights[c]! * values[r * columns + c]!;
      scores[r] = score;
    }
  }
  return scores;
}

/** Adds to the normal equations: the lower triangle of x xᵀ in `size` columns, and x times the label behind each row. */
function addProducts(sums: Float64Array, x: Float64Array, label: number): void {
  const size = x.length;
  for (let i = 0; i < size; i++) {
    const value = x[i]!;
    const at = i * (size + 1);
    for (let j = 0; j <= i; j++) sums[at + j]! += value * x[j]!;
    sums[at + size]! += value * label;
  }
}

/** Solves the normal equations by Cholesky's method; the last unknown, the constant, bears no penalty. */
function solve(equations: Float64Array, size: number, ridge: number): Float64Array {
  const width = size + 1;
  const records = equations[(size - 1) * width + size - 1]!;
  const factor = Float64Array.from(equations);
  for (let i = 0; i < size - 1; i++) factor[i * width + i]! += ridge * records;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = factor[i * width + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * width + k]! * factor[j * width + k]!;
      factor[i * width + j] = i === j ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / factor[j * width + j]!;
    }
  }
  const solution = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = equations[i * width + size]!;
    for (let k = 0; k < i; k++) sum -= factor[i * width + k]! * solution[k]!;
    solution[i] = sum / factor[i * width + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = solution[i]!;
    for (let k = i + 1; k < size; k++) sum -= factor[k * width + i]! * solution[k]!;
    solution[i] = sum / factor[i * width + i]!;
  }
  return solution;
}
