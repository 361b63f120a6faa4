import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { ChromarayError, isChromarayError } from './error.js';
import { openRegularFile } from './regular-file.js';

/**
 * Writes a file so that a reader sees the old content or the new, never a part: a temporary file in the
 * same folder is written, flushed to disk and renamed. A full disk leaves the old file untouched.
 *
 * @throws ChromarayError `CHROMARAY_FILE_WRITE` when the disk is full or the folder cannot be written.
 */
export function writeFileAtomic(file: string, content: string | Uint8Array | Iterable<Uint8Array>): void {
  const temporary = temporaryName(file);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const descriptor = openSync(temporary, 'wx');
    try {
      for (const part of parts(content)) writeFully(descriptor, part);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    removeQuietly(temporary);
    throw writeError(file, error);
  }
}

/** A name in the folder of `file` for content that is not finished; unique to this process and moment. */
export function temporaryName(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
}

/** Turns an error of the file system met while writing into one that says what to do. */
export function writeError(file: string, cause: unknown): ChromarayError {
  if (isChromarayError(cause)) return cause;
  const system = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  const reasons: Record<string, [string, string]> = {
    ENOSPC: ['the disk is full', 'Free some space and run the same command again: what was finished is kept.'],
    EDQUOT: ['the disk quota is used up', 'Free some space and run the same command again: what was finished is kept.'],
    EACCES: ['there is no permission to write there', 'Change the permissions or choose another folder.'],
    EPERM: ['there is no permission to write there', 'Change the permissions or choose another folder.'],
    EROFS: ['the file system is read-only', 'Choose another folder.'],
    ENAMETOOLONG: ['the name is too long for this file system', 'Choose a shorter name.'],
  };
  const [reason, remedy] = reasons[system] ?? [
    `the system reported ${system} (${(cause as Error).message})`,
    'Check the folder and run the same command again.',
  ];
  return new ChromarayError({
    code: 'CHROMARAY_FILE_WRITE',
    message: `${file} could not be written: ${reason}.`,
    remedy,
    cause,
    details: { file, system },
  });
}

/** SHA-256 of bytes or text, as 64 hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** SHA-256 of a file's bytes, read as a stream. */
export async function sha256File(file: string): Promise<string> {
  const hash = createHash('sha256');
  const handle = await openRegularFile(file);
  for await (const chunk of handle.createReadStream()) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Cleaning up after a failure must not hide the failure. */
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The folder is gone or not a folder: then the file is not there either.
  }
}

function parts(content: string | Uint8Array | Iterable<Uint8Array>): Iterable<Uint8Array> {
  if (typeof content === 'string') return [Buffer.from(content)];
  return content instanceof Uint8Array ? [content] : content;
}

function writeFully(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done, bytes.length - done);
}
