/** The part of a download that is on disk, and the version of the file on the server that it is a part of. */
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { writeFileAtomic } from '@chromaray/base';

export function partOf(target: string): string {
  return `${target}.part`;
}

/** Holds the version of the part: the server's ETag or date. */
export function versionOf(target: string): string {
  return `${target}.version`;
}

/** Bytes that have come. */
export function received(target: string): number {
  return existsSync(partOf(target)) ? statSync(partOf(target)).size : 0;
}

/** The headers that ask for the rest of the same version; none where nothing has come, or of an unknown version. */
export function resumeHeaders(target: string): Readonly<Record<string, string>> {
  const start = received(target);
  if (start === 0 || !existsSync(versionOf(target))) return {};
  return { range: `bytes=${start}-`, 'if-range': readFileSync(versionOf(target), 'utf8') };
}

/** A weak ETag does not promise the same bytes, so that it cannot be resumed by. */
export function remember(target: string, { headers }: Response): void {
  const tag = headers.get('etag');
  const mark = tag !== null && !tag.startsWith('W/') ? tag : headers.get('last-modified');
  if (mark === null) rmSync(versionOf(target), { force: true });
  else writeFileAtomic(versionOf(target), mark);
}
