import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { temporaryName, writeError } from '@chromaray/base';
import type { ZipArchive } from '../archive/zip-archive.js';
import { numpyError } from './numpy-error.js';

/** Random access to the unpacked bytes of one file of an archive. */
export interface ArrayBytes {
  /** The whole of it, where it is held in memory. */
  readonly all?: Uint8Array;
  read(start: number, length: number): Promise<Uint8Array>;
  close(): void;
}

/** Up to this many bytes an array is held in memory: all of MedMNIST's at 28 and 64 pixels. */
const heldBytes = 96 * 2 ** 20;

/**
 * Opens an array for reading picture by picture, and checks its length and CRC-32 once. A stored array is read where
 * it lies. Deflate knows no way into its middle, so that a packed array is unpacked once: a small one to memory, a
 * large one to a file without a name in the temporary folder, which is gone with the program.
 *
 * @param hold keep it in memory, up to eight times as large as usual: for arrays whose pictures do not lie together
 * @throws ChromarayError `CHROMARAY_ZIP_`; `CHROMARAY_NUMPY_LIMIT` when it is too large to hold or to put down
 */
export async function openArrayBytes(zip: ZipArchive, member: string, hold: boolean): Promise<ArrayBytes> {
  const { bytes, method } = zip.files.get(member)!;
  const name = `${zip.file}/${member}`;
  if (bytes <= heldBytes || hold) {
    if (bytes > heldBytes * 8) throw numpyError('LIMIT', name, `has ${bytes} bytes in Fortran order`);
    return held(await zip.read(member, heldBytes * 8));
  }
  if (method === 0) {
    for await (const _ of zip.pieces(member)) {
      // Length and CRC-32 are checked on the way.
    }
    return { read: (start, length) => zip.slice(member, start, length), close() {} };
  }
  return putDown(zip, member, bytes, name);
}

function held(all: Uint8Array): ArrayBytes {
  return { all, read: async (start, length) => all.subarray(start, start + length), close() {} };
}

async function putDown(zip: ZipArchive, member: string, bytes: number, name: string): Promise<ArrayBytes> {
  const { bavail, bsize } = await statfs(os.tmpdir());
  if (bytes > (bavail * bsize) / 2) {
    throw numpyError('LIMIT', name, `unpacks to ${bytes} bytes, more than half of what is free in ${os.tmpdir()}`);
  }
  const file = temporaryName(path.join(os.tmpdir(), 'chromaray-array'));
  const descriptor = openSync(file, 'wx+', 0o600);
  const remove = (): void => rmSync(file, { force: true });
  // Where an open file can be removed, nothing is left behind even by a program that is killed.
  if (process.platform === 'win32') process.once('exit', () => tryTo(remove));
  else remove();
  try {
    for await (const piece of zip.pieces(member)) {
      for (let done = 0; done < piece.length; ) done += writeSync(descriptor, piece, done);
    }
  } catch (error) {
    closeSync(descriptor);
    throw (error as NodeJS.ErrnoException).code?.startsWith('E') ? writeError(file, error) : error;
  }
  return {
    async read(start, length) {
      const result = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const count = readSync(descriptor, result, done, length - done, start + done);
        if (count === 0) throw numpyError('TRUNCATED', name, 'ends before its last picture');
        done += count;
      }
      return result;
    },
    close: () => closeSync(descriptor),
  };
}

function tryTo(work: () => void): void {
  try {
    work();
  } catch {
    // The system clears its temporary folder.
  }
}
