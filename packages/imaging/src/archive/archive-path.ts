import { statSync } from 'node:fs';
import path from 'node:path';

/** Where a path enters an archive. */
export interface ArchivePath {
  /** Path of the archive itself. */
  readonly archive: string;
  /** Path inside it, `/` between folders; empty for the archive. */
  readonly inside: string;
}

const archiveName = /\.(?:zip|npz)$/i;

/** True for what is named as an archive; whether it is one is not looked at. */
export function isArchiveName(file: string): boolean {
  return archiveName.test(file);
}

/**
 * Splits a path that is or leads into an archive, such as `chest-xray.zip/train/NORMAL/a.jpeg`: the same way to write a
 * file's place serves folders and archives. A folder may be called like an archive; it is passed by.
 *
 * @returns undefined when no part of the path is a file named as an archive
 */
export function splitArchivePath(file: string): ArchivePath | undefined {
  if (!/\.(?:zip|npz)/i.test(file)) return undefined;
  const parts = file.split(path.sep);
  for (const [at, part] of parts.entries()) {
    if (!archiveName.test(part)) continue;
    const archive = parts.slice(0, at + 1).join(path.sep);
    if (isFile(archive)) return { archive, inside: parts.slice(at + 1).join('/') };
  }
  return undefined;
}

/** False for what may not be looked at, too: opening the path will say so. */
function isFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}

/** The inverse of {@link splitArchivePath}. */
export function joinArchivePath(archive: string, inside: string): string {
  return inside === '' ? archive : `${archive}${path.sep}${inside.split('/').join(path.sep)}`;
}
