import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { temporaryName, writeError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';

/**
 * Writes the body of a request to a file as it arrives, so that its size does not count in memory. The file is there
 * whole or not at all.
 *
 * @throws ChromarayError `CHROMARAY_WEB_REQUEST` for an empty body, `CHROMARAY_FILE_WRITE` for a full disk; what the
 *   body's limit throws
 */
export async function receiveFile(request: Request, file: string): Promise<void> {
  if (request.body === null)
    throw codedError('CHROMARAY_WEB_REQUEST', {
      message: 'The request has no body.',
      remedy: 'Send the bytes of the file as the body.',
    });
  const temporary = temporaryName(file);
  try {
    await pipeline(Readable.fromWeb(request.body as ReadableStream), createWriteStream(temporary, { flags: 'wx' }));
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : writeError(file, error);
  }
}
