export type Cell = string | number | boolean | null;

/** What a figure or table shows, as rows. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * Rows as CSV (RFC 4180): CRLF, cells in quotes where they need it, an empty cell for what was not measured. A cell of text that
 * a spreadsheet would take for a formula gets an apostrophe before it.
 */
export function csvOf({ columns, rows }: Rows): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: Cell): string {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
