/** Numbers that describe records: one row a record, one column a feature. */
export interface Features {
  readonly rows: number;
  readonly columns: number;
  /** Row after row. */
  readonly values: Float64Array;
}

/** Features from one list of numbers a record, all of the same length. */
export function toFeatures(rows: readonly ArrayLike<number>[]): Features {
  const columns = rows[0]?.length ?? 0;
  const values = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    values.set(row, i * columns);
  });
  return { rows: rows.length, columns, values };
}

/**
 * The columns in which records differ, each with mean 0 and standard deviation 1.
 *
 * @param learned rows that mean, deviation and difference are taken of. Default: all
 */
export function standardised(
  { rows, columns, values }: Features,
  learned: readonly number[] = Array.from({ length: rows }, (_, row) => row),
): Features {
  const kept: Float64Array[] = [];
  for (let c = 0; c < columns; c++) {
    const column = Float64Array.from({ length: rows }, (_, r) => values[r * columns + c]!);
    const mean = learned.reduce((sum, row) => sum + column[row]!, 0) / learned.length;
    const variance = learned.reduce((sum, row) => sum + (column[row]! - mean) ** 2, 0) / learned.length;
    if (variance > 1e-12 * (1 + mean * mean)) kept.push(column.map((value) => (value - mean) / Math.sqrt(variance)));
  }
  const result = new Float64Array(rows * kept.length);
  kept.forEach((column, c) => {
    for (let r = 0; r < rows; r++) result[r * kept.length + c] = column[r]!;
  });
  return { rows, columns: kept.length, values: result };
}
