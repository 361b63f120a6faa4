import { stat } from 'node:fs/promises';
import type { Archive } from './archive.js';
import { type ArchivePath, splitArchivePath } from './archive-path.js';
import { openNpz } from './npz-archive.js';
import { ZipArchive } from './zip-archive.js';

interface Opened {
  readonly stamp: string;
  readonly archive: Promise<Archive>;
}

/** Archives stay open, since their directory is long and their files are read one by one. */
const opened = new Map<string, Opened>();

/**
 * Opens an archive, or finds it open and unchanged.
 *
 * @throws ChromarayError `CHROMARAY_ZIP_` and `CHROMARAY_NUMPY_` about what cannot be read
 */
export async function openArchive(file: string): Promise<Archive> {
  const { size, mtimeMs } = await stat(file);
  const stamp = `${size} ${mtimeMs}`;
  const known = opened.get(file);
  if (known?.stamp === stamp) return known.archive;
  known?.archive.then((archive) => archive.close()).catch(() => {});
  const archive = /\.npz$/i.test(file) ? openNpz(file) : ZipArchive.open(file);
  opened.set(file, { stamp, archive });
  archive.catch(() => opened.delete(file));
  return archive;
}

/** The file in an archive that a path leads to; undefined for a path that stays among files and folders. */
export function findInArchive(file: string): ArchivePath | undefined {
  const place = splitArchivePath(file);
  return place?.inside === '' ? undefined : place;
}
