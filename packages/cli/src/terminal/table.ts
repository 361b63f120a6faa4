/** A cell; numbers are set flush right. */
export type Cell = string | number;

/** Lines of a plain table with aligned columns. Columns that hold only numbers or dashes are set flush right. */
export function formatTable(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const text = rows.map((row) => row.map(String));
  const widths = header.map((title, i) => Math.max(title.length, ...text.map((row) => row[i]?.length ?? 0)));
  const right = header.map((_, i) => rows.length > 0 && rows.every((row) => isNumeric(row[i])));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (right[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '─'.repeat(width))), ...text.map(line)].join('\n');
}

function isNumeric(cell: Cell | undefined): boolean {
  return typeof cell === 'number' || (cell !== undefined && /^[-+−]?[\d., {2}]+( ?%| s)?$|^[-–—]$/.test(cell));
}
