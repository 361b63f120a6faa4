import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { writeError } from '@chromaray/base';
import type { Image } from '@chromaray/imaging';

/** Photographs of one size, one after another in a file of red, green and blue bytes: any number, in no memory. */
export class PhotographStore {
  private readonly descriptor: number;

  /** @param side of every photograph, a square, in pixels */
  constructor(
    readonly file: string,
    readonly side: number,
  ) {
    try {
      this.descriptor = openSync(file, 'r');
    } catch (error) {
      throw writeError(file, error);
    }
  }

  read(index: number): Image {
    const size = this.side ** 2 * 3;
    const data = new Uint8Array(size);
    readSync(this.descriptor, data, 0, size, index * size);
    return { width: this.side, height: this.side, channels: 3, data };
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/** Writes such a file, photograph by photograph. */
export class PhotographWriter {
  private readonly descriptor: number;

  /** @throws ChromarayError `CHROMARAY_FILE_WRITE` */
  constructor(private readonly file: string) {
    try {
      this.descriptor = openSync(file, 'w');
    } catch (error) {
      throw writeError(file, error);
    }
  }

  add({ data }: Image): void {
    try {
      for (let at = 0; at < data.length; ) at += writeSync(this.descriptor, data, at);
    } catch (error) {
      throw writeError(this.file, error);
    }
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
