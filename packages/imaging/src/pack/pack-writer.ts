import { closeSync, fsyncSync, ftruncateSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { writeError } from '@chromaray/base';
import { checksum, encodeHeader, packVersion, pixelStart, type UnreadableItem } from './pack-format.js';
import type { PackShape } from './pixel-pack.js';
import { unfinishedName } from './unfinished.js';

/**
 * Writes a pack picture by picture, in any order, into a temporary file that becomes the pack when all is
 * there. Nothing but one picture and the checksums is in memory.
 */
export class PackWriter {
  private readonly temporary: string;
  private readonly descriptor: number;
  private readonly checksums: (number | undefined)[];

  /** @throws ChromarayError `CHROMARAY_FILE_WRITE` */
  constructor(
    private readonly file: string,
    private readonly sampleCount: number,
    count: number,
  ) {
    this.temporary = unfinishedName(file);
    this.checksums = new Array<undefined>(count).fill(undefined);
    try {
      this.descriptor = openSync(this.temporary, 'wx+');
    } catch (error) {
      throw writeError(file, error);
    }
  }

  /** @throws ChromarayError `CHROMARAY_FILE_WRITE` */
  write(slot: number, samples: Uint8Array): void {
    this.writeAt(samples, this.position(slot));
    this.checksums[slot] = checksum(samples);
  }

  /**
   * Closes the gaps that unread pictures left, adds the header, flushes to disk and gives the file its name.
   *
   * @param ids one for every slot
   * @throws ChromarayError `CHROMARAY_FILE_WRITE`
   */
  finish(ids: readonly string[], key: string, shape: PackShape, unreadable: readonly UnreadableItem[]): void {
    const kept = [...ids.keys()].filter((slot) => this.checksums[slot] !== undefined);
    const samples = new Uint8Array(this.sampleCount);
    for (const [target, slot] of kept.entries()) {
      if (target === slot) continue;
      readSync(this.descriptor, samples, 0, samples.length, this.position(slot));
      this.writeAt(samples, this.position(target));
    }
    const { preamble, json } = encodeHeader({
      version: packVersion,
      key,
      shape: [kept.length, shape[1], shape[2], shape[3]],
      ids: kept.map((slot) => ids[slot]!),
      checksums: kept.map((slot) => this.checksums[slot]!),
      unreadable,
    });
    const end = this.position(kept.length);
    this.writeAt(json, end);
    this.writeAt(preamble, 0);
    try {
      ftruncateSync(this.descriptor, end + json.length);
      fsyncSync(this.descriptor);
      closeSync(this.descriptor);
      renameSync(this.temporary, this.file);
    } catch (error) {
      throw writeError(this.file, error);
    }
  }

  /** Takes the unfinished file away. */
  abandon(): void {
    try {
      closeSync(this.descriptor);
    } catch {
      // finish() had closed it before it failed
    }
    rmSync(this.temporary, { force: true });
  }

  private position(slot: number): number {
    return pixelStart + slot * this.sampleCount;
  }

  private writeAt(bytes: Uint8Array, position: number): void {
    try {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.descriptor, bytes, done, bytes.length - done, position + done);
      }
    } catch (error) {
      throw writeError(this.file, error);
    }
  }
}
