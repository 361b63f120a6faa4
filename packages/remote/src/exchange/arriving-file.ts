import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { writeError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import type { ObjectStore } from './objects/object-store.js';
import { damaged } from './objects/sealed.js';
import type { Wanted } from './receive-blob.js';
import { whenAway } from './when-away.js';

/** A file that grows to a blob, and the hash of what is there. */
export class ArrivingFile {
  private hash: Hash = createHash('sha256');
  /** Bytes that are there. */
  done = 0;

  /** @param handle opened to read and append */
  constructor(
    private readonly handle: FileHandle,
    readonly wanted: Wanted,
  ) {}

  /** Takes in what a partial file holds already. */
  async resume(): Promise<void> {
    const { size } = await this.handle.stat();
    if (size > this.wanted.blob.bytes) return this.restart();
    const buffer = Buffer.allocUnsafe(2 ** 20);
    while (this.done < size) {
      const { bytesRead } = await this.handle.read(buffer, 0, Math.min(buffer.length, size - this.done), this.done);
      if (bytesRead === 0) break;
      this.hash.update(buffer.subarray(0, bytesRead));
      this.done += bytesRead;
    }
  }

  async restart(): Promise<void> {
    await this.handle.truncate(0);
    this.hash = createHash('sha256');
    this.done = 0;
  }

  isComplete(): boolean {
    return this.done === this.wanted.blob.bytes;
  }

  isRight(): boolean {
    return this.hash.copy().digest('hex') === this.wanted.blob.sha256;
  }

  /** What is missing, in one go. @throws ChromarayError `CHROMARAY_EXCHANGE_UNREACHABLE` when less arrived */
  async take(objects: ObjectStore, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { key, blob } = this.wanted;
    const opened = await objects.open(key, this.done, signal);
    if (opened === null) throw missing(objects.address, key);
    if (opened.size !== blob.bytes) {
      opened.discard();
      throw damaged(key, `it has ${opened.size} bytes in place of ${blob.bytes}`);
    }
    for await (const part of opened.bytes) {
      signal.throwIfAborted();
      if (this.done + part.length > blob.bytes) throw damaged(key, `more than ${blob.bytes} bytes arrived`);
      await this.append(part);
    }
    if (!this.isComplete()) throw broken(objects.address, this.done, blob.bytes);
  }

  private async append(part: Uint8Array): Promise<void> {
    try {
      for (let written = 0; written < part.length; )
        written += (await this.handle.write(part, written, part.length - written)).bytesWritten;
    } catch (error) {
      throw writeError(this.wanted.file, error);
    }
    this.hash.update(part);
    this.done += part.length;
  }

  /** To the disk. */
  async flush(): Promise<void> {
    await this.handle.sync().catch((error) => {
      throw writeError(this.wanted.file, error);
    });
  }
}

function broken(address: string, done: number, bytes: number) {
  return codedError('CHROMARAY_EXCHANGE_UNREACHABLE', {
    remedy: whenAway,
    message: `The connection to ${address} ended after ${done} of ${bytes} bytes.`,
  });
}

function missing(address: string, key: string) {
  return codedError('CHROMARAY_EXCHANGE_MISSING', { message: `${address} has no ${key}.`, details: { key } });
}
