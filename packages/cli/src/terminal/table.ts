/** A cell; numbers are set flush right. */
export type Cell = string | number;

/**
 * Lines of a plain table with aligned columns. Columns that hold only numbers or dashes are set flush right.
 * A table wider than `width` characters becomes one block of lines a row, so that nothing is cut off.
 */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
  width = Number.POSITIVE_INFINITY,
): string {
  const text = rows.map((row) => row.map(String));
  const widths = header.map((title, i) => Math.max(title.length, ...text.map((row) => row[i]?.length ?? 0)));
  const total = widths.reduce((sum, column) => sum + column, 0) + 2 * (widths.length - 1);
  if (total > width) return formatBlocks(header, text);
  const right = header.map((_, i) => rows.length > 0 && rows.every((row) => isNumeric(row[i])));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (right[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((column) => '─'.repeat(column))), ...text.map(line)].join('\n');
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

function isNumeric(cell: Cell | undefined): boolean {
  return typeof cell === 'number' || (cell !== undefined && /^[-+−]?[\d., {2}]+( ?%| s)?$|^[-–—]$/.test(cell));
}
