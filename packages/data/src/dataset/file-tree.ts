import { existsSync, realpathSync, statSync } from 'node:fs';
import { type ChromarayError, isChromarayError, readRegularFile } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { isArchiveName, openArchive, splitArchivePath } from '@chromaray/imaging';
import { ArchiveTree } from './archive-tree.js';
import { startsAsDicom } from './dicom-file.js';
import { type Entry, entriesOf, folderError, type WalkedFiles, walk } from './walk.js';

/** Folders and files below a data set's root, on disk or in an archive. Paths are absolute and lead into archives. */
export interface FileTree {
  /** Entries of a folder, sorted, without hidden ones; errors as `walk.ts` tells. */
  entriesOf(folder: string): readonly Entry[];
  /** All files below a folder; images are told by their extension, unless the caller knows better. */
  walk(folder: string, isImage?: (file: string) => boolean): WalkedFiles;
  isFile(path: string): boolean;
  read(file: string): Promise<Uint8Array>;
  /** Those of the files that are DICOM by their content. */
  dicomFiles(files: readonly string[]): Promise<ReadonlySet<string>>;
  /** The path without symbolic links. */
  real(path: string): string;
}

/** The file system itself. */
export const disk: FileTree = {
  entriesOf,
  walk,
  isFile: (path) => existsSync(path) && statSync(path).isFile(),
  read: async (file) => readRegularFile(file),
  dicomFiles: async (files) => new Set(files.filter(startsAsDicom)),
  real: (path) => realpathSync(path),
};

/**
 * The tree that a path lies in: an archive's when the path is one or leads into one, else the disk.
 *
 * @throws ChromarayError `CHROMARAY_ZIP_`, `CHROMARAY_NUMPY_` about an archive that cannot be read
 */
export async function treeAt(location: string): Promise<FileTree> {
  const place = splitArchivePath(location);
  if (place === undefined) {
    if (isArchiveName(location) && !existsSync(location)) throw archiveMissing(location);
    return disk;
  }
  try {
    return new ArchiveTree(await openArchive(place.archive));
  } catch (error) {
    if (isChromarayError(error)) throw error;
    throw folderError(place.archive, error);
  }
}

function archiveMissing(file: string): ChromarayError {
  return codedError('CHROMARAY_DATASET_MISSING', {
    message: `${file} does not exist.`,
    details: { file },
  });
}
