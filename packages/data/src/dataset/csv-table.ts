import { type ChromarayError, nearest } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { parse } from 'csv-parse/sync';
import type { FileTree } from './file-tree.js';

/** One row of a manifest. */
export interface CsvRow {
  readonly cells: readonly string[];
  /** Line of the file in which the row ends, from 1. */
  readonly line: number;
}

/**
 * A CSV file with a header. Commas, semicolons or tabs, also as Excel announces them (`sep=;`); UTF-8 with or without a
 * byte order mark, or UTF-16 with one.
 */
export class CsvTable {
  private constructor(
    readonly file: string,
    readonly header: readonly string[],
    readonly rows: readonly CsvRow[],
  ) {}

  /** @throws ChromarayError `CHROMARAY_DATASET_CSV` for a file that is no CSV, or empty */
  static async read(tree: FileTree, file: string): Promise<CsvTable> {
    const [header, ...rows] = readRows(file, await tree.read(file));
    if (header === undefined)
      throw csvError(file, 'is empty', 'Write a header with `path,label` and one row a record.');
    return new CsvTable(
      file,
      header.cells.map((name) => name.trim()),
      rows,
    );
  }

  /** Place of the first of the columns that is there; null when none is. */
  find(...names: readonly string[]): number | null {
    const index = this.header.findIndex((name) => names.includes(name));
    return index < 0 ? null : index;
  }

  /** @throws ChromarayError `CHROMARAY_DATASET_CSV` that suggests the nearest column */
  need(remedy: (guess: string) => string, ...names: readonly string[]): number {
    const index = this.find(...names);
    if (index !== null) return index;
    const guess = nearest(names[0]!, this.header);
    throw csvError(
      this.file,
      `has no column "${names[0]}"; it has ${this.header.map((known) => `"${known}"`).join(', ')}`,
      remedy(guess === undefined ? '' : ` (did you mean "${guess}"?)`),
    );
  }

  /** What a row has in a column, without blanks around it; empty where there is no such column. */
  cell(row: CsvRow, index: number | null): string {
    return index === null ? '' : (row.cells[index] ?? '').trim();
  }
}

function readRows(file: string, bytes: Uint8Array): readonly CsvRow[] {
  try {
    const text = textOf(bytes);
    const announced = /^sep=(.)\r?\n/i.exec(text);
    const rows = parse(text.slice(announced?.[0].length ?? 0), {
      delimiter: announced?.[1] ?? delimiterOf(text),
      info: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ cells: record, line: info.lines + (announced === null ? 0 : 1) }));
  } catch (cause) {
    const isText = (cause as { code?: string }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA';
    throw csvError(
      file,
      isText ? `cannot be read as CSV: ${(cause as Error).message}` : 'is neither UTF-8 nor UTF-16',
      isText ? 'Correct the file.' : 'Save it again as CSV in UTF-8.',
      cause,
    );
  }
}

/** @throws TypeError of the decoder for other text */
function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

/** The header tells: column names hold no delimiters. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  return [',', ';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ',';
}

export function csvError(manifest: string, what: string, remedy: string, cause?: unknown): ChromarayError {
  return codedError('CHROMARAY_DATASET_CSV', {
    message: `${manifest} ${what.replace(/\.$/, '')}.`,
    remedy,
    cause,
    details: { manifest },
  });
}
