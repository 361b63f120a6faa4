import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isChromarayError, writeError } from '@chromaray/base';
import { fileContent } from '../objects/content.js';
import { checkpointOf, folderKeys, keys } from '../objects/keys.js';
import type { ListedObject, ObjectStore } from '../objects/object-store.js';
import { patiently } from '../patience.js';
import { receiveBlob } from '../receive-blob.js';
import { packFolder, unpackFolder } from './archive.js';

/** Checkpoints that are kept of a trial: the one before the newest is there in case that one is damaged. */
const kept = 2;

/** The checkpoints of trials. Each has its epoch and hash in its name: none is ever written over, the highest counts. */
export class Checkpoints {
  constructor(
    private readonly objects: ObjectStore,
    private readonly patience: number,
  ) {}

  async put(trial: string, epoch: number, folder: string, signal: AbortSignal): Promise<boolean> {
    const archive = hidden(folder, 'archive');
    try {
      const blob = packFolder(folder, archive);
      if (blob === null) return false;
      const key = keys.checkpoint(trial, epoch, blob.sha256);
      await patiently(this.patience, signal, () => this.objects.write(key, fileContent(blob, archive), 'once', signal));
      for (const { name } of (await this.list(trial, signal)).slice(kept)) await this.removeOne(trial, name, signal);
      return true;
    } finally {
      rmSync(archive, { force: true });
    }
  }

  async fetch(trial: string, folder: string, signal: AbortSignal): Promise<number | null> {
    for (const { name, bytes } of await this.list(trial, signal)) {
      const { epoch, sha256 } = checkpointOf(name);
      const archive = hidden(folder, 'archive');
      const unpacked = hidden(folder, 'unpacked');
      try {
        const key = keys.checkpoint(trial, epoch, sha256);
        await receiveBlob(this.objects, { key, blob: { sha256, bytes }, file: archive }, this.patience, signal);
        await unpackFolder(archive, unpacked, key);
        replaceFolder(folder, unpacked);
        return epoch;
      } catch (error) {
        if (!isOfThisCheckpoint(error)) throw error;
        // The one before it is tried.
      } finally {
        rmSync(archive, { force: true });
        rmSync(unpacked, { recursive: true, force: true });
      }
    }
    // Where all are damaged or gone, the trial begins anew and comes to the same numbers.
    return null;
  }

  async remove(trial: string, signal: AbortSignal): Promise<void> {
    for (const { name } of await this.list(trial, signal)) await this.removeOne(trial, name, signal);
  }

  /** From the newest. */
  private async list(trial: string, signal: AbortSignal): Promise<readonly ListedObject[]> {
    const listed = await patiently(this.patience, signal, () =>
      this.objects.list(folderKeys.checkpoints(trial), signal),
    );
    return listed.toReversed();
  }

  private removeOne(trial: string, name: string, signal: AbortSignal): Promise<void> {
    const { epoch, sha256 } = checkpointOf(name);
    return patiently(this.patience, signal, () => this.objects.remove(keys.checkpoint(trial, epoch, sha256), signal));
  }
}

/** Damaged, or removed since it was listed because a newer one came. */
function isOfThisCheckpoint(error: unknown): boolean {
  const { code } = error as { code?: string };
  return isChromarayError(error) && (code === 'CHROMARAY_EXCHANGE_DAMAGED' || code === 'CHROMARAY_EXCHANGE_MISSING');
}

function hidden(folder: string, what: string): string {
  return path.join(path.dirname(folder), `.${path.basename(folder)}.${randomBytes(6).toString('hex')}.${what}`);
}

function replaceFolder(folder: string, by: string): void {
  try {
    mkdirSync(path.dirname(folder), { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    renameSync(by, folder);
  } catch (error) {
    throw writeError(folder, error);
  }
}
