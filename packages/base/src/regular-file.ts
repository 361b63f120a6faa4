import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * Opening and reading files that a user names. Opening a pipe blocks until somebody writes, a device such as
 * `/dev/zero` never ends, and either may hide behind a link: only regular files are opened, without waiting, and no
 * more than the bytes permitted is read. Errors are the system's, with two more codes of the same form: `ENOTREGULAR`
 * for what is no regular file and `EFBIG` for what is too large.
 */
const mode = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Where no other limit is at hand: 2 GiB, more than Node's buffers held for long. */
const largestFile = 2 ** 31;

/** @throws an error of the system */
export async function openRegularFile(file: string): Promise<FileHandle> {
  const handle = await open(file, mode);
  try {
    refuseOther(file, await handle.stat());
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** @returns the descriptor, to be closed by the caller */
export function openRegularFileSync(file: string): number {
  const descriptor = openSync(file, mode);
  try {
    refuseOther(file, fstatSync(descriptor));
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** A whole file of at most so many bytes. */
export async function readRegularFile(file: string, maxBytes: number = largestFile): Promise<Uint8Array> {
  const handle = await openRegularFile(file);
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.allocUnsafeSlow(checkedSize(file, size, maxBytes));
    let done = 0;
    while (done < size) {
      const { bytesRead } = await handle.read(bytes, done, size - done, done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return new Uint8Array(bytes.buffer, bytes.byteOffset, done);
  } finally {
    await handle.close();
  }
}

/** As {@link readRegularFile}, at once. */
export function readRegularFileSync(file: string, maxBytes: number = largestFile): Buffer {
  const descriptor = openRegularFileSync(file);
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.allocUnsafeSlow(checkedSize(file, size, maxBytes));
    let done = 0;
    while (done < size) {
      const count = readSync(descriptor, bytes, done, size - done, done);
      if (count === 0) break;
      done += count;
    }
    return bytes.subarray(0, done);
  } finally {
    closeSync(descriptor);
  }
}

function checkedSize(file: string, size: number, maxBytes: number): number {
  if (size <= maxBytes) return size;
  throw systemError('EFBIG', `${file} has ${size} bytes; at most ${maxBytes} are read`);
}

function refuseOther(file: string, stats: Stats): void {
  if (stats.isFile()) return;
  if (stats.isDirectory()) throw systemError('EISDIR', `${file} is a folder`);
  const kind = stats.isFIFO() ? 'a pipe' : stats.isSocket() ? 'a socket' : 'a device';
  throw systemError('ENOTREGULAR', `${file} is ${kind}, not a regular file`);
}

function systemError(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code });
}
