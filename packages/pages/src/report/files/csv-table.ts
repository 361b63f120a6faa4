import { stringify } from 'csv-stringify/sync';
import { Measured, type PlainTable } from '../sections/table.js';

/** A table as CSV; a measured number takes a column of its own for its spread, its interval and its note. */
export function csvTable({ columns, rows }: PlainTable): string {
  const parts = columns.map((_, j) => extras.filter(({ of }) => rows.some((row) => of(row[j]!) !== null)));
  const head = columns.flatMap((column, j) => [column.head, ...parts[j]!.map(({ name }) => `${column.head}, ${name}`)]);
  const body = rows.map((row) =>
    row.flatMap((cell, j) => [
      plain(cell instanceof Measured ? cell.value : cell),
      ...parts[j]!.map(({ of }) => plain(of(cell) ?? '')),
    ]),
  );
  return stringify([head, ...body]);
}

const extras = (['spread', 'interval', 'note'] as const).map((key) => ({
  name: key === 'spread' ? 'SD' : key,
  of: (cell: string | Measured) => (cell instanceof Measured ? (cell.more[key] ?? null) : null),
}));

/** Numbers, minus and spaces that spreadsheets and parsers take for what they are; an empty cell where a number is missing. */
function plain(text: string): string {
  if (text === '–') return '';
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return text.replaceAll(',', '');
  return text.replaceAll('\u2212', '-').replaceAll('\u00a0', ' ');
}
