import path from 'node:path';

/** Where a path enters an archive. */
export interface ArchivePath {
  /** Path of the archive itself. */
  readonly archive: string;
  /** Path inside it, `/` between folders; empty for the archive. */
  readonly inside: string;
}

const archiveName = /\.(?:zip|npz)$/i;

/**
 * Splits a path that leads into an archive, such as `chest-xray.zip/train/NORMAL/a.jpeg`: the same way to write a
 * file's place serves folders and archives. Whether the part is a file, or a folder of that name, is not looked at.
 *
 * @returns undefined when no part of the path is named as an archive
 */
export function splitArchivePath(file: string): ArchivePath | undefined {
  const parts = file.split(path.sep);
  const at = parts.findIndex((part) => archiveName.test(part));
  if (at < 0) return undefined;
  return { archive: parts.slice(0, at + 1).join(path.sep), inside: parts.slice(at + 1).join('/') };
}

/** The inverse of {@link splitArchivePath}. */
export function joinArchivePath(archive: string, inside: string): string {
  return inside === '' ? archive : `${archive}${path.sep}${inside.split('/').join(path.sep)}`;
}
