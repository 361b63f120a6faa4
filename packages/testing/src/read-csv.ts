import { readFileSync } from 'node:fs';

/** A row of `predictions.csv` by the names of its columns, all as text. */
export type CsvRow = Readonly<Record<string, string>>;

/** Reads a CSV file without quotes, as `predictions.csv` of the tests is, independently of how it is written. */
export function readCsv(file: string): { readonly columns: readonly string[]; readonly rows: readonly CsvRow[] } {
  const [head, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const columns = head!.split(',');
  const rows = lines.map((line) => {
    const fields = line.split(',');
    return Object.fromEntries(columns.map((column, i) => [column, fields[i]!]));
  });
  return { columns, rows };
}
