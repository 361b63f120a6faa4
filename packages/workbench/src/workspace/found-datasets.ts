import { closeSync, opendirSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';

/** Levels of folders below the opened one that are looked at. */
const levels = 2;
/** Entries of a folder that are looked at for a picture: large folders hold little else. */
const looked = 50;
const picture = /\.(?:jpe?g|png|pgm|ppm|dcm|dicom)$/i;
const archive = /\.(?:npz|zip)$/i;
const skipped = /^(\.|node_modules$|__MACOSX$)/;
const dicomPreamble = 128;

/**
 * What looks like a data set in a folder: folders with parts (`train`, `test`), with pictures in two or more classes, or with
 * pictures; and archives. Only a look: reading it says what is wrong with it.
 *
 * @returns paths relative to the folder, sorted; `.` for the folder itself
 */
export function findDatasets(folder: string): readonly string[] {
  if (isDataset(folder)) return ['.'];
  return below(folder, levels)
    .map((found) => path.relative(folder, found))
    .sort();
}

function below(folder: string, left: number): readonly string[] {
  return entriesOf(folder).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isFile()) return archive.test(entry.name) ? [place] : [];
    if (!entry.isDirectory() || skipped.test(entry.name)) return [];
    if (isDataset(place)) return [place];
    return left > 1 ? below(place, left - 1) : [];
  });
}

function isDataset(folder: string): boolean {
  if (holdsPictures(folder)) return true;
  const folders = entriesOf(folder).filter((entry) => entry.isDirectory() && !skipped.test(entry.name));
  return (
    folders.some(({ name }) => /^train(ing)?$/i.test(name)) ||
    folders.filter(({ name }) => holdsPictures(path.join(folder, name))).length > 1
  );
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that may not be read is none of the reader's data sets.
    return [];
  }
}

function holdsPictures(folder: string): boolean {
  try {
    const entries = opendirSync(folder);
    try {
      for (let i = 0; i < looked; i++) {
        const entry = entries.readSync();
        if (entry === null) return false;
        if (!entry.isFile() || entry.name.startsWith('.')) continue;
        if (picture.test(entry.name)) return true;
        if (path.extname(entry.name) === '' && isDicom(path.join(folder, entry.name))) return true;
      }
      return false;
    } finally {
      entries.closeSync();
    }
  } catch {
    return false;
  }
}

/** Archives of clinics name their files without an ending. */
function isDicom(file: string): boolean {
  const handle = openSync(file, 'r');
  try {
    const magic = Buffer.alloc(4);
    readSync(handle, magic, 0, 4, dicomPreamble);
    return magic.toString('latin1') === 'DICM';
  } finally {
    closeSync(handle);
  }
}
