import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ChromarayError, nearest } from '@chromaray/base';
import { parse } from 'csv-parse/sync';
import type { CsvColumns } from '../file/study-file.js';
import { type ListedRecord, type Listing, partNamed, toId } from './listing.js';
import { entriesOf } from './walk.js';

export const defaultColumns: CsvColumns = { path: 'path', label: 'label', patient: 'patient', split: 'split' };

/**
 * A CSV manifest with a header: one row a record, paths relative to the manifest. Commas, semicolons or
 * tabs; UTF-8 with or without a byte order mark. The patient and split columns may be absent.
 *
 * @param location the manifest, or a folder with exactly one `.csv` in it
 * @throws ChromarayError `CHROMARAY_DATASET_CSV` naming line and column of what is wrong,
 *   `CHROMARAY_DATASET_MISSING` when there is no manifest
 */
export function listCsv(location: string, columns: CsvColumns): Listing {
  const manifest = findManifest(location);
  const root = path.dirname(manifest);
  const [header, ...rows] = readRows(manifest);
  if (header === undefined)
    throw csvError(manifest, 'is empty', 'Write a header with `path,label` and one row a record.');
  const at = columnIndices(manifest, header.cells, columns);
  const lines = new Map<string, number>();
  const records = rows.map(({ cells, line }): ListedRecord => {
    const cell = (index: number | null): string => (index === null ? '' : (cells[index] ?? '').trim());
    const [relative, label, split] = [cell(at.path), cell(at.label), cell(at.split)];
    if (relative === '') throw csvError(manifest, `has no "${columns.path}" in line ${line}`, 'Fill in the path.');
    if (label === '') throw csvError(manifest, `has no "${columns.label}" in line ${line}`, 'Fill in the class name.');
    const givenPart = split === '' ? null : partNamed(split);
    if (givenPart === undefined) {
      throw csvError(manifest, `has the part "${split}" in line ${line}`, 'Use train, val or test, or leave it empty.');
    }
    const file = path.resolve(root, relative);
    const id = toId(path.relative(root, file), path.sep);
    const earlier = lines.get(id);
    if (earlier !== undefined) {
      throw csvError(manifest, `names ${id} in lines ${earlier} and ${line}`, 'Keep one row a record.');
    }
    lines.set(id, line);
    return { id, file, label: label.normalize('NFC'), givenPart, patientColumn: cell(at.patient) || null };
  });
  const classes = [...new Set(records.map(({ label }) => label))].sort();
  return { root, records, classes, patientColumn: at.patient === null ? null : columns.patient, ignored: [] };
}

function findManifest(location: string): string {
  if (isFile(location)) return location;
  const manifests = entriesOf(location).filter(({ name, isFolder }) => !isFolder && /\.csv$/i.test(name));
  if (manifests.length === 1) return manifests[0]!.file;
  const found = manifests.length === 0 ? 'no .csv file' : `${manifests.length} .csv files`;
  throw csvError(location, `holds ${found}; one was expected`, 'Give the path of the manifest itself.');
}

function isFile(location: string): boolean {
  try {
    return statSync(location).isFile();
  } catch {
    return false;
  }
}

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

function readRows(manifest: string): readonly Row[] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(manifest));
    const rows = parse(text, { delimiter: delimiterOf(text), info: true, skip_empty_lines: true }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    return rows.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (cause) {
    throw csvError(manifest, `cannot be read as CSV: ${(cause as Error).message}`, 'Correct the file.', cause);
  }
}

/** The header tells: column names hold no delimiters. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  return [',', ';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ',';
}

function columnIndices(manifest: string, header: readonly string[], columns: CsvColumns) {
  const names = header.map((name) => name.trim());
  const find = (name: string): number | null => (names.includes(name) ? names.indexOf(name) : null);
  const need = (name: string): number => {
    const index = find(name);
    if (index !== null) return index;
    const guess = nearest(name, names);
    throw csvError(
      manifest,
      `has no column "${name}"; it has ${names.map((known) => `"${known}"`).join(', ')}`,
      `Name the column in \`dataset.columns\`${guess === undefined ? '' : ` (did you mean "${guess}"?)`}.`,
    );
  };
  return {
    path: need(columns.path),
    label: need(columns.label),
    // A column that goes by its usual name may be absent; one that was named must be there.
    patient: columns.patient === defaultColumns.patient ? find(columns.patient) : need(columns.patient),
    split: columns.split === defaultColumns.split ? find(columns.split) : need(columns.split),
  };
}

function csvError(manifest: string, what: string, remedy: string, cause?: unknown): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_DATASET_CSV',
    message: `${manifest} ${what.replace(/\.$/, '')}.`,
    remedy,
    cause,
    details: { manifest },
  });
}
