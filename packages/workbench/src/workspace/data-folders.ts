import { type Dirent, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Layout } from '@chromaray/contracts';

/** A folder or file that looks like a data set. */
export interface FoundData {
  /** Relative to the folder that was looked through. */
  readonly path: string;
  readonly layout: Layout;
  /** What the suggestion rests on, in a sentence. */
  readonly why: string;
  /** By the names of folders; empty where names do not tell them. */
  readonly classes: readonly string[];
  /** The class whose name sounds like an illness; null where none does. */
  readonly positive: string | null;
}

/** Levels of folders below the opened one that are looked through. */
const depth = 2;
/** Entries of a folder that are looked at: a folder of a million files need not be read to be recognised. */
const most = 2000;
const skipped = /^(\.|node_modules$|studies$)/;
const picture = /\.(png|jpe?g|dcm|dicom|webp|bmp|tiff?)$/i;
const parts = /^(train|val|validation|test)$/i;
const ill = /pneumonia|covid|tubercul|^tb$|effusion|disease|abnormal|positive|sick|opacity/i;

/** What lies in a folder and just below it that can be studied, with the layout that its names suggest. */
export function findData(folder: string, levels = depth, below = ''): readonly FoundData[] {
  const here = path.join(folder, below);
  const entries = entriesOf(here);
  const own = suggested(here, below === '' ? '.' : below, entries);
  if (own !== undefined) return [own];
  const files = entries
    .filter((entry) => entry.isFile())
    .flatMap(({ name }): FoundData[] => {
      const found = path.join(below, name);
      const shared = { path: found, classes: [], positive: null };
      if (/\.npz$/i.test(name)) return [{ ...shared, layout: 'npz', why: 'An npz archive holds pictures and labels.' }];
      return /\.csv$/i.test(name) && !/exclu|predictions|checklist/i.test(name)
        ? [{ ...shared, layout: 'csv', why: 'A CSV file may list pictures with labels.' }]
        : [];
    });
  if (levels === 0) return files;
  const folders = entries.filter((entry) => entry.isDirectory() && !skipped.test(entry.name));
  return [...folders.flatMap(({ name }) => findData(folder, levels - 1, path.join(below, name))), ...files];
}

function suggested(here: string, name: string, entries: readonly Dirent[]): FoundData | undefined {
  const folders = entries
    .filter((entry) => entry.isDirectory() && !skipped.test(entry.name))
    .map((entry) => entry.name);
  const partFolders = folders.filter((folder) => parts.test(folder));
  if (partFolders.some((folder) => /^train$/i.test(folder))) {
    const classes = [...new Set(partFolders.flatMap((folder) => classFolders(path.join(here, folder))))].sort();
    if (classes.length > 1)
      return found(name, 'kaggle', `Folders ${partFolders.join(', ')} hold a folder for each class.`, classes);
  }
  const classes = classFolders(here);
  if (classes.length > 1) return found(name, 'folders', 'There is a folder of pictures for each class.', classes);
  return entries.some((entry) => entry.isFile() && /\.(dcm|dicom)$/i.test(entry.name))
    ? found(name, 'dicom', 'The folder holds DICOM files.', [])
    : undefined;
}

function found(at: string, layout: Layout, why: string, classes: readonly string[]): FoundData {
  return { path: at, layout, why, classes, positive: classes.find((name) => ill.test(name)) ?? null };
}

/** Folders that hold pictures themselves. */
function classFolders(folder: string): readonly string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isDirectory() && !skipped.test(entry.name))
    .map(({ name }) => name)
    .filter((name) => entriesOf(path.join(folder, name)).some((entry) => entry.isFile() && picture.test(entry.name)))
    .sort();
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).slice(0, most);
  } catch {
    return [];
  }
}
