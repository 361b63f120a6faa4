import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';

/** One entry of a folder, symbolic links followed. */
export interface Entry {
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  readonly isFolder: boolean;
}

export interface WalkedFiles {
  /** Absolute paths of images. */
  readonly images: readonly string[];
  /** Absolute paths of all other files. */
  readonly others: readonly string[];
}

const imageExtension = /\.(?:jpe?g|png|pgm|ppm|dcm|dicom)$/i;
const junk = new Set(['__MACOSX', 'Thumbs.db', 'desktop.ini']);

/** Told from images: what a system hides or leaves behind. */
export function isHidden(name: string): boolean {
  return name.startsWith('.') || junk.has(name);
}

/**
 * Entries of a folder, sorted; hidden ones and those that operating systems leave behind are skipped.
 *
 * @throws ChromarayError `CHROMARAY_DATASET_MISSING`, `CHROMARAY_DATASET_NOT_A_FOLDER`, `CHROMARAY_DATASET_PERMISSION`
 */
export function entriesOf(folder: string): readonly Entry[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw folderError(folder, error);
  }
  return entries
    .filter(({ name }) => !isHidden(name))
    .map((entry) => {
      const file = path.join(folder, entry.name);
      return { name: entry.name, file, isFolder: entry.isSymbolicLink() ? leadsToFolder(file) : entry.isDirectory() };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * All files below a folder; images are told by their extension, unless the caller knows better. A folder reached twice through symbolic links is read once, and a link up to
 * a folder that holds this one is not followed: it would file the other classes under this one.
 */
export function walk(folder: string, isImage = hasImageExtension): WalkedFiles {
  const images: string[] = [];
  const others: string[] = [];
  const visited = new Set<string>();
  const top = realpathSync(folder);
  const visit = (current: string): void => {
    const real = realpathSync(current);
    if (visited.has(real) || (real !== top && isInside(top, real))) return;
    visited.add(real);
    for (const entry of entriesOf(current)) {
      if (entry.isFolder) visit(entry.file);
      else (isImage(entry.file) ? images : others).push(entry.file);
    }
  };
  visit(folder);
  return { images, others };
}

export function hasImageExtension(file: string): boolean {
  return imageExtension.test(file);
}

function isInside(folder: string, ancestor: string): boolean {
  const relative = path.relative(ancestor, folder);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** A link that leads nowhere counts as a file: opening it will say what is wrong. */
function leadsToFolder(link: string): boolean {
  try {
    return statSync(link).isDirectory();
  } catch {
    return false;
  }
}

export function folderError(folder: string, cause: unknown): ChromarayError {
  const system = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  const say = (what: string) => ({ message: `The folder ${folder} ${what}.`, cause, details: { folder, system } });
  switch (system) {
    case 'ENOENT':
      return codedError('CHROMARAY_DATASET_MISSING', say('does not exist'));
    case 'ENOTDIR':
      return codedError('CHROMARAY_DATASET_NOT_A_FOLDER', say('is not a folder'));
    case 'EACCES':
      return codedError('CHROMARAY_DATASET_PERMISSION', say('cannot be read: this user has no permission'));
    default:
      return codedError('CHROMARAY_DATASET_UNREADABLE_FOLDER', say(`cannot be read (${system})`));
  }
}
