import path from 'node:path';
import { type CsvColumns, recordAttributes } from '@chromaray/contracts';
import { className } from './class-names.js';
import { CsvTable, csvError } from './csv-table.js';
import type { FileTree } from './file-tree.js';
import { type ListedRecord, type Listing, partNamed, toId } from './listing.js';

export const defaultColumns: CsvColumns = {
  path: 'path',
  label: 'label',
  patient: 'patient',
  split: 'split',
  view: 'view',
  sex: 'sex',
  age: 'age',
};

/**
 * A CSV manifest with a header: one row a record, paths relative to the manifest, also into an archive
 * (`images.zip/a.png`). All columns but path and label may be absent.
 *
 * @param location the manifest, or a folder with exactly one `.csv` in it
 * @param named columns that go by other names than {@link defaultColumns}
 * @param classes names for labels that are numbers, from 0
 * @throws ChromarayError `CHROMARAY_DATASET_CSV` naming line and column of what is wrong,
 *   `CHROMARAY_DATASET_MISSING` when there is no manifest, `CHROMARAY_DATASET_LABELS`
 */
export async function listCsv(
  tree: FileTree,
  location: string,
  named: Partial<CsvColumns>,
  classes: readonly string[] | undefined,
): Promise<Listing> {
  const columns = { ...defaultColumns, ...named };
  const manifest = findManifest(tree, location);
  const root = path.dirname(manifest);
  const table = await CsvTable.read(tree, manifest);
  const at = columnIndices(table, columns);
  const lines = new Map<string, number>();
  const records = table.rows.map((row): ListedRecord => {
    const { line } = row;
    const cell = (index: number | null): string => table.cell(row, index);
    const [relative, label, split] = [cell(at.path), cell(at.label), cell(at.split)];
    if (relative === '') throw csvError(manifest, `has no "${columns.path}" in line ${line}`, 'Fill in the path.');
    if (label === '') throw csvError(manifest, `has no "${columns.label}" in line ${line}`, 'Fill in the class name.');
    const givenPart = split === '' ? null : partNamed(split);
    if (givenPart === undefined) {
      throw csvError(manifest, `has the part "${split}" in line ${line}`, 'Use train, val or test, or leave it empty.');
    }
    const file = place(tree, root, relative);
    const id = toId(path.relative(root, file), path.sep);
    const earlier = lines.get(id);
    if (earlier !== undefined) {
      throw csvError(manifest, `names ${id} in lines ${earlier} and ${line}`, 'Keep one row a record.');
    }
    lines.set(id, line);
    return {
      id,
      file,
      label: classes === undefined ? label.normalize('NFC') : className(label, classes, `${manifest}, line ${line}`),
      givenPart,
      patientColumn: cell(at.patient) || null,
      attributes: recordAttributes({
        ...{ view: cell(at.view), sex: cell(at.sex), age: cell(at.age) },
        ...{ device: cell(at.device), site: cell(at.site) },
      }),
    };
  });
  const found = [...new Set(records.map(({ label }) => label))].sort();
  return { root, records, classes: found, patientColumn: at.patient === null ? null : columns.patient, ignored: [] };
}

/** Where a row leads. Tools of Windows write paths with backslashes, which elsewhere are a part of the name. */
function place(tree: FileTree, root: string, relative: string): string {
  const file = path.resolve(root, relative);
  if (path.sep === '\\' || !relative.includes('\\') || tree.isFile(file)) return file;
  return path.resolve(root, relative.replaceAll('\\', '/'));
}

function findManifest(tree: FileTree, location: string): string {
  if (tree.isFile(location)) return location;
  const manifests = tree.entriesOf(location).filter(({ name, isFolder }) => !isFolder && /\.csv$/i.test(name));
  if (manifests.length === 1) return manifests[0]!.file;
  const found = manifests.length === 0 ? 'no .csv file' : `${manifests.length} .csv files`;
  throw csvError(location, `holds ${found}; one was expected`, 'Give the path of the manifest itself.');
}

function columnIndices(table: CsvTable, columns: CsvColumns) {
  const need = (name: string): number => table.need((guess) => `Name the column in \`dataset.columns\`${guess}.`, name);
  // A column that goes by its usual name may be absent; one that was named must be there.
  const may = (column: Exclude<keyof CsvColumns, 'path' | 'label'>): number | null =>
    columns[column] === defaultColumns[column] ? table.find(columns[column]) : need(columns[column]);
  return {
    path: need(columns.path),
    label: need(columns.label),
    patient: may('patient'),
    split: may('split'),
    view: may('view'),
    sex: may('sex'),
    age: may('age'),
    // For the table of who was studied only: these go by one name.
    device: table.find('device'),
    site: table.find('site'),
  };
}
