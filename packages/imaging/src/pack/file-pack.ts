import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { corruptPack, unopenedPack } from './pack-error.js';
import { checksum, decodeHeader, type PackHeader, pixelStart } from './pack-format.js';
import { BasePack } from './pixel-pack.js';

/**
 * A pack in a file. Node has no memory mapping; positional reads come to the same where it matters: the
 * system keeps the file's pages once, in its cache, for all trials that read it, and a picture of 128 x 128
 * is copied from there in a few microseconds.
 */
export class FilePack extends BasePack {
  constructor(
    readonly file: string,
    readonly header: PackHeader,
    private descriptor: number | undefined,
  ) {
    super(header.key, header.shape, header.ids);
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  /** @throws ChromarayError `CHROMARAY_PACK_CORRUPT` when a picture's samples differ from what was written. */
  verifyPixels(): void {
    const samples = new Uint8Array(this.sampleCount);
    for (const [index, id] of this.ids.entries()) {
      this.read(index, samples);
      if (checksum(samples) !== this.header.checksums[index]) {
        throw corruptPack(this.file, `the pixels of ${id} do not have the recorded checksum`);
      }
    }
  }

  protected copy(index: number, target: Uint8Array, offset: number): void {
    if (this.descriptor === undefined) throw new Error(`The pixel pack ${this.file} has been closed.`);
    const length = this.sampleCount;
    if (readAt(this.descriptor, target, offset, length, pixelStart + index * length) < length) {
      throw corruptPack(this.file, `it ends within picture ${index}`);
    }
  }
}

/**
 * Opens a pack for reading and checks its header and size (not every pixel: `buildPack` does that before
 * it uses a pack again).
 *
 * @throws ChromarayError `CHROMARAY_PACK_CORRUPT`, `CHROMARAY_PACK_MISSING` or `CHROMARAY_PACK_PERMISSION`
 */
export function openPack(file: string): FilePack {
  const descriptor = openFile(file);
  try {
    const header = decodeHeader(file, fstatSync(descriptor).size, (position, length) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readAt(descriptor, bytes, 0, length, position));
    });
    return new FilePack(file, header, descriptor);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function openFile(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw unopenedPack(file, error);
  }
}

/** Reads until `length` bytes are there or the file ends; the system may give fewer at a time. */
function readAt(descriptor: number, target: Uint8Array, offset: number, length: number, position: number): number {
  let done = 0;
  while (done < length) {
    const count = readSync(descriptor, target, offset + done, length - done, position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}
