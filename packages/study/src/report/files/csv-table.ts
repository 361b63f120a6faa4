import { stringify } from 'csv-stringify/sync';
import { Measured, type PlainTable } from '../sections/table.js';

/** A table as CSV; a measured number takes a column of its own for its spread, its interval and its note. */
export function csvTable({ columns, rows }: PlainTable): string {
  const parts = columns.map((_, j) => extras.filter(({ of }) => rows.some((row) => of(row[j]!) !== null)));
  const head = columns.flatMap((column, j) => [column.head, ...parts[j]!.map(({ name }) => `${column.head}, ${name}`)]);
  const body = rows.map((row) =>
    row.flatMap((cell, j) => [
      ascii(cell instanceof Measured ? cell.value : cell),
      ...parts[j]!.map(({ of }) => ascii(of(cell) ?? '')),
    ]),
  );
  return stringify([head, ...body]);
}

const extras = (['spread', 'interval', 'note'] as const).map((key) => ({
  name: key === 'spread' ? 'SD' : key,
  of: (cell: string | Measured) => (cell instanceof Measured ? (cell.more[key] ?? null) : null),
}));

/** A minus and a space that spreadsheets and parsers take for what they are; an empty cell where a number is missing. */
function ascii(text: string): string {
  if (text === '–') return '';
  return text.replaceAll('\u2212', '-').replaceAll('\u00a0', ' ');
}
