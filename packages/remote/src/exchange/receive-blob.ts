import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { isChromarayError, writeError } from '@chromaray/base';
import { ArrivingFile } from './arriving-file.js';
import type { BlobName } from './exchange.js';
import type { ObjectStore } from './objects/object-store.js';
import { damaged } from './objects/sealed.js';
import { adopt, giveBack, ownName } from './owned-files.js';
import { Patience } from './patience.js';

/** Times that something is sent or fetched whose hash is wrong when it has arrived: a bit may have turned on the way. */
export const mostDamaged = 3;

/** What is fetched, and where to. */
export interface Wanted {
  readonly key: string;
  readonly blob: BlobName;
  readonly file: string;
}

/**
 * Brings an object into a file. A broken connection is taken up where it broke, a partial file of a process that was killed
 * where that stopped; nothing is believed before the hash of the whole is right.
 *
 * @param milliseconds of patience since the last byte
 */
export async function receiveBlob(
  objects: ObjectStore,
  wanted: Wanted,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  const { file } = wanted;
  const partial = ownName(file, 'part');
  let keep = false;
  try {
    const handle = await openPartial(file, partial);
    try {
      await fill(new ArrivingFile(handle, wanted), objects, new Patience(milliseconds, signal), signal);
    } catch (error) {
      // What arrived is of use to the next try, unless it is wrong.
      keep = signal.aborted || (isChromarayError(error) && codeOf(error) === 'CHROMARAY_EXCHANGE_UNREACHABLE');
      throw error;
    } finally {
      await handle.close();
    }
    renameSync(partial, file);
  } finally {
    if (!keep) rmSync(partial, { force: true });
    giveBack(partial);
  }
}

async function openPartial(file: string, partial: string): Promise<FileHandle> {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    adopt(file, partial, 'part');
    return await open(partial, 'a+', 0o600);
  } catch (error) {
    throw writeError(file, error);
  }
}

async function fill(arriving: ArrivingFile, objects: ObjectStore, patience: Patience, signal: AbortSignal) {
  await arriving.resume();
  for (let tries = 1; ; tries++) {
    while (!arriving.isComplete()) {
      const before = arriving.done;
      try {
        await arriving.take(objects, signal);
      } catch (error) {
        if (arriving.done > before) patience.progress();
        await patience.afterFailure(error);
      }
    }
    if (arriving.isRight()) return arriving.flush();
    if (tries === mostDamaged)
      throw damaged(arriving.wanted.key, `its bytes do not have this hash; it was fetched ${tries} times`);
    await arriving.restart();
  }
}

function codeOf(error: unknown): string {
  return (error as { code: string }).code;
}
