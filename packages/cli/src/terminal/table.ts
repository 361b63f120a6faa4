import { count } from '@chromaray/base';

/** A cell; whole numbers get their thousands separated. */
export type Cell = string | number;

/**
 * Lines of a plain table with aligned columns. Columns that hold only numbers are aligned at their decimal points,
 * columns of durations and sizes to the right. A table wider than `width` characters becomes one block of lines a row,
 * so that nothing is cut off.
 */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
  width = Number.POSITIVE_INFINITY,
): string {
  const text = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? count(cell) : cell)));
  const columns = header.map((_, i) => text.map((row) => row[i] ?? ''));
  const kinds = columns.map(kindOf);
  const aligned = columns.map((cells, i) => (kinds[i] === 'numbers' ? alignDecimals(cells) : cells));
  const widths = header.map((title, i) => Math.max(title.length, ...aligned[i]!.map((cell) => cell.length)));
  const total = widths.reduce((sum, column) => sum + column, 0) + 2 * (widths.length - 1);
  if (total > width) return formatBlocks(header, text);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (kinds[i] === 'text' ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [
    line(header),
    line(widths.map((column) => '─'.repeat(column))),
    ...text.map((_, row) => line(aligned.map((cells) => cells[row]!))),
  ].join('\n');
}

/** The first cell of a row as a heading, the others below it with the names of their columns. */
function formatBlocks(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const names = header.slice(1);
  const indent = Math.max(...names.map((name) => name.length)) + 2;
  return rows
    .map(([title = '', ...cells]) =>
      [title, ...cells.map((cell, i) => `  ${(names[i] ?? '').padEnd(indent)}${cell}`.trimEnd())].join('\n'),
    )
    .join('\n\n');
}

const number = /^(?:< )?[+\u2212]?\d[\d,]*(\.\d+)?(\u00a0%)?$/;
const quantity = /^\d[\d.,]*\u00a0(?:s|min|h|B|[KMGT]iB)\b/;
const missing = /^–?$/;

function kindOf(cells: readonly string[]): 'numbers' | 'quantities' | 'text' {
  const filled = cells.filter((cell) => !missing.test(cell));
  if (filled.length === 0) return 'text';
  if (filled.every((cell) => number.test(cell))) return 'numbers';
  return filled.every((cell) => quantity.test(cell)) ? 'quantities' : 'text';
}

/** Spaces behind numbers, so that flush right their decimal points are below one another. */
function alignDecimals(cells: readonly string[]): readonly string[] {
  const tails = cells.map((cell) => {
    const [, decimals = '', unit = ''] = number.exec(cell) ?? [];
    return decimals.length + unit.length;
  });
  const longest = Math.max(...tails);
  return cells.map((cell, i) => (missing.test(cell) ? cell : cell + ' '.repeat(longest - tails[i]!)));
}
