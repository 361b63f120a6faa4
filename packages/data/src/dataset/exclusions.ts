import { existsSync } from 'node:fs';
import { nearest, writeFileAtomic } from '@chromaray/base';
import type { LeftOut } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { CsvTable } from './csv-table.js';
import { disk } from './file-tree.js';
import type { Listing } from './listing.js';

/** A record that somebody excluded by name, and why. */
export interface Exclusion {
  /** The record's id. */
  readonly record: string;
  /** A few words. */
  readonly reason: string;
  /** When, as the list says; empty where it does not. */
  readonly time: string;
}

/**
 * The exclusion list of a study: a CSV file with the columns `record` and `reason`, and `time` if anybody kept it.
 * A record named twice counts once, with the first reason.
 *
 * @throws ChromarayError `CHROMARAY_DATASET_EXCLUDE` for a file that is not there, a record without a reason;
 *   `CHROMARAY_DATASET_CSV`
 */
export async function readExclusions(file: string): Promise<readonly Exclusion[]> {
  if (!existsSync(file)) throw bad(`There is no exclusion list ${file}.`, 'Correct `dataset.exclude`.');
  const table = await CsvTable.read(disk, file);
  const columns = (guess: string): string => `Give the list the columns record, reason and time${guess}.`;
  const [record, reason] = [table.need(columns, 'record'), table.need(columns, 'reason')];
  const time = table.find('time');
  const listed = new Map<string, Exclusion>();
  for (const row of table.rows) {
    const id = table.cell(row, record).normalize('NFC');
    const why = table.cell(row, reason);
    if (id === '' || why === '')
      throw bad(
        `${file}, line ${row.line}: ${id === '' ? 'no record is named' : `${id} is excluded without a reason`}.`,
        'Name the record and say in a few words why it is left out: the report counts records by reason.',
      );
    if (!listed.has(id)) listed.set(id, { record: id, reason: why, time: table.cell(row, time) });
  }
  return [...listed.values()];
}

/**
 * A listing without the records that were excluded by name. Their files are not read.
 *
 * @throws ChromarayError `CHROMARAY_DATASET_EXCLUDE` for a record that is not there: a list of another data set would
 *   exclude nothing, unnoticed
 */
export function excludeRecords<Of extends Listing>(listing: Of, exclusions: readonly Exclusion[], file: string): Of {
  const byRecord = new Map(exclusions.map((one) => [one.record, one]));
  const there = new Set(listing.records.map(({ id }) => id));
  const unknown = exclusions.find(({ record }) => !there.has(record));
  if (unknown !== undefined) {
    const guess = nearest(unknown.record, [...there]);
    throw bad(
      `${file} excludes ${unknown.record}, which the data set does not hold.`,
      `Name records as the reports do${guess === undefined ? '' : `; did you mean "${guess}"?`} Remove the line if the file is gone.`,
    );
  }
  const left = listing.records.flatMap(({ id, label }): readonly LeftOut[] => {
    const found = byRecord.get(id);
    return found === undefined
      ? []
      : [{ id, reason: `excluded: ${found.reason}`, excluded: { label, time: found.time } }];
  });
  return {
    ...listing,
    records: listing.records.filter(({ id }) => !byRecord.has(id)),
    leftOut: [...(listing.leftOut ?? []), ...left],
  };
}

/**
 * Adds records to an exclusion list; it is made when it is not there. Records that it names already stay as they are, and so do
 * the columns of a list that somebody wrote.
 *
 * @returns how many were added
 * @throws ChromarayError as {@link readExclusions}, and `CHROMARAY_FILE_WRITE`
 */
export async function addExclusions(file: string, added: readonly Exclusion[]): Promise<number> {
  const there = existsSync(file);
  const known = new Set(there ? (await readExclusions(file)).map(({ record }) => record) : []);
  const rows = added.filter(({ record }) => !known.has(record.normalize('NFC')));
  if (rows.length === 0) return 0;
  const table = there ? await CsvTable.read(disk, file) : undefined;
  const header = table?.header ?? columns;
  const before = table?.rows.map(({ cells }) => cells) ?? [];
  write(file, [header, ...before, ...rows.map((row) => header.map((name) => cellOf(row, name)))]);
  return rows.length;
}

/**
 * Takes records off an exclusion list, so that they are used again.
 *
 * @returns how many lines were taken off
 * @throws ChromarayError as {@link readExclusions}, and `CHROMARAY_FILE_WRITE`
 */
export async function removeExclusions(file: string, records: readonly string[]): Promise<number> {
  await readExclusions(file);
  const table = await CsvTable.read(disk, file);
  const [place, gone] = [table.find('record'), new Set(records.map((record) => record.normalize('NFC')))];
  const kept = table.rows.filter((row) => !gone.has(table.cell(row, place).normalize('NFC')));
  if (kept.length < table.rows.length) write(file, [table.header, ...kept.map(({ cells }) => cells)]);
  return table.rows.length - kept.length;
}

const columns = ['record', 'reason', 'time'] as const;

function cellOf(row: Exclusion, column: string): string {
  const known = columns.find((name) => name === column);
  return known === undefined ? '' : row[known];
}

function write(file: string, rows: readonly (readonly string[])[]): void {
  writeFileAtomic(file, `${rows.map((cells) => cells.map(cell).join(',')).join('\n')}\n`);
}

/** RFC 4180. */
function cell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function bad(message: string, remedy: string) {
  return codedError('CHROMARAY_DATASET_EXCLUDE', { message, remedy });
}
