import { codedError } from '@chromaray/contracts/errors';
import { parse } from 'csv-parse/sync';

/** One line of a table: its cells by column, and where it stands in the file. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * The lines of a CSV text with a header, cells trimmed. A byte order mark is dropped.
 *
 * @param file named in errors
 * @param needed columns that must be there, in lower case; names in the file may be in any case
 * @throws ChromarayError `CHROMARAY_MRMC_FILE`
 */
export function csvRows(text: string, file: string, needed: readonly string[]): readonly CsvRow[] {
  const lines = rawLines(text, file);
  const [header, ...rest] = lines;
  const columns = header?.cells.map((cell) => cell.toLowerCase()) ?? [];
  const lacking = needed.filter((column) => !columns.includes(column));
  if (lacking.length > 0) {
    throw fileError(
      file,
      `has no column ${lacking.map((column) => `"${column}"`).join(', ')}; its first line has ${columns.length === 0 ? 'nothing' : columns.map((column) => `"${column}"`).join(', ')}`,
      `Name the columns ${needed.join(', ')} in the first line.`,
    );
  }
  return rest.map(({ line, cells }) => {
    if (cells.length !== columns.length) {
      throw fileError(
        file,
        `has ${cells.length} values in line ${line}, where the header names ${columns.length} columns`,
        'Correct that line.',
        line,
      );
    }
    return { line, cells: Object.fromEntries(columns.map((column, i) => [column, cells[i]!])) };
  });
}

/** The cells of every line that is not empty. */
export function rawLines(text: string, file: string): readonly { line: number; cells: readonly string[] }[] {
  try {
    const found: { record: string[]; info: { lines: number } }[] = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as never;
    return found.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (cause) {
    throw fileError(file, `is no CSV: ${(cause as Error).message}`, 'Save it as comma-separated text in UTF-8.');
  }
}

/** What parts the cells of the first line: spreadsheets in many languages write semicolons, some programs tabs. */
function delimiterOf(text: string): string {
  const header = text.slice(0, /[\r\n]|$/.exec(text)!.index);
  return [';', '\t'].find((mark) => header.includes(mark) && !header.includes(',')) ?? ',';
}

/** A number in a cell. */
export function numberIn(row: CsvRow, column: string, file: string): number {
  const text = row.cells[column] ?? '';
  const value = Number(text);
  if (text !== '' && Number.isFinite(value)) return value;
  throw fileError(
    file,
    `has "${text}" as ${column} in line ${row.line}; expected a number`,
    text === ''
      ? 'Leave lines without a value out: they are counted as missing.'
      : 'Write numbers with a decimal point.',
    row.line,
  );
}

/** A name in a cell. */
export function nameIn(row: CsvRow, column: string, file: string): string {
  const text = row.cells[column] ?? '';
  if (text !== '') return text;
  throw fileError(file, `has no ${column} in line ${row.line}`, `Give every line a ${column}.`, row.line);
}

/** 1 or 0 in a cell. */
export function truthIn(row: CsvRow, column: string, file: string): 0 | 1 {
  const value = numberIn(row, column, file);
  if (value === 0 || value === 1) return value;
  throw fileError(
    file,
    `has ${value} as ${column} in line ${row.line}; expected 1 or 0`,
    'Write 1 for positive, 0 for negative.',
    row.line,
  );
}

export function fileError(file: string, what: string, remedy: string, line?: number) {
  return codedError('CHROMARAY_MRMC_FILE', {
    message: `${file} ${what}.`,
    remedy,
    details: { file, ...(line === undefined ? {} : { line }) },
  });
}

/** A cell that CSV readers take for one value. */
export function csvCell(value: string | number | undefined): string {
  const text = value === undefined ? '' : String(value);
  return /[",\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
