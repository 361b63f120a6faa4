import { closeSync, fstatSync, read } from 'node:fs';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { constants, crc32, createInflateRaw, inflateRaw } from 'node:zlib';
import { isChromarayError, openRegularFileSync } from '@chromaray/base';
import { fileReadError } from '../image-error.js';
import type { Archive } from './archive.js';
import { readZipDirectory, type ZipDirectory, type ZipEntry } from './zip-directory.js';
import { zipError } from './zip-error.js';

const inflate = promisify(inflateRaw);
const readAt = promisify(read);

const localSignature = 0x04034b50;
const localHeaderLength = 30;
const [stored, deflated] = [0, 8];
/** Packed bytes that are read to unpack the first of a file. */
const headPacked = 4096;
const pieceLength = 2 ** 20;

/** A zip archive whose files are read one at a time from where they lie. */
export class ZipArchive implements Archive {
  private constructor(
    readonly file: string,
    readonly mtimeMs: number,
    /** A plain descriptor: an archive may stay open until the program ends. */
    private readonly descriptor: number,
    private readonly size: number,
    private readonly directory: ZipDirectory,
  ) {}

  /** @throws ChromarayError as `readZipDirectory`, and `CHROMARAY_IMAGE_MISSING` or `_PERMISSION` */
  static async open(file: string): Promise<ZipArchive> {
    let descriptor: number | undefined;
    try {
      descriptor = openRegularFileSync(file);
      const { size, mtimeMs } = fstatSync(descriptor);
      return new ZipArchive(file, mtimeMs, descriptor, size, await readZipDirectory(descriptor, file));
    } catch (error) {
      if (descriptor !== undefined) closeSync(descriptor);
      throw isChromarayError(error) ? error : fileReadError(file, error);
    }
  }

  get files(): ReadonlyMap<string, ZipEntry> {
    return this.directory.files;
  }

  get folders(): readonly string[] {
    return this.directory.folders;
  }

  /**
   * Unpacks a file in memory and checks its size and CRC-32. No more is unpacked than the directory declares, and
   * nothing of what declares more than `maxBytes`.
   *
   * @throws ChromarayError `CHROMARAY_ZIP_ENCRYPTED`, `_LINK`, `_METHOD`, `_LIMIT`, `_SIZE`, `_CORRUPT`
   */
  async read(path: string, maxBytes: number): Promise<Uint8Array> {
    const entry = this.entry(path);
    const name = this.nameOf(path);
    refuseUnreadable(entry, name);
    // A stored file is as large as its packed bytes, whatever else is declared.
    const largest = Math.max(entry.bytes, entry.method === stored ? entry.packedBytes : 0);
    if (largest > maxBytes) throw zipError('LIMIT', name, `unpacks to ${largest} bytes; at most ${maxBytes} are read`);
    const packed = await this.bytesAt(entry, await this.dataStart(entry), entry.packedBytes);
    const bytes = entry.method === stored ? packed : await unpack(packed, entry, name);
    if (bytes.length !== entry.bytes) {
      throw zipError('SIZE', name, `has ${bytes.length} bytes; the archive declares ${entry.bytes}`);
    }
    if (crc32(bytes) !== entry.crc32) throw zipError('CORRUPT', name, 'is damaged: its CRC-32 is wrong');
    return bytes;
  }

  /**
   * A file piece by piece, for what is too large to hold; size and CRC-32 are checked with the last piece.
   *
   * @throws ChromarayError as {@link read}, but for `_LIMIT`
   */
  async *pieces(path: string): AsyncGenerator<Uint8Array> {
    const entry = this.entry(path);
    const name = this.nameOf(path);
    refuseUnreadable(entry, name);
    const start = await this.dataStart(entry);
    if (start + entry.packedBytes > this.size) throw zipError('CORRUPT', name, 'lies beyond the end of the archive');
    const packed = Readable.from(this.packedPieces(entry, start), { objectMode: false });
    const unpacked = entry.method === stored ? packed : packed.pipe(createInflateRaw());
    // Errors do not pass through a pipe by themselves.
    packed.once('error', (error) => unpacked.destroy(error));
    let [bytes, sum] = [0, 0];
    try {
      for await (const piece of unpacked as AsyncIterable<Buffer>) {
        bytes += piece.length;
        if (bytes > entry.bytes) {
          throw zipError('SIZE', name, `unpacks to more than the ${entry.bytes} bytes that the archive declares`);
        }
        sum = crc32(piece, sum);
        yield piece;
      }
    } catch (error) {
      if (isChromarayError(error)) throw error;
      throw zipError('CORRUPT', name, `cannot be unpacked: ${(error as Error).message}`, error);
    } finally {
      packed.destroy();
    }
    if (bytes !== entry.bytes) {
      throw zipError('SIZE', name, `has ${bytes} bytes; the archive declares ${entry.bytes}`);
    }
    if (sum !== entry.crc32) throw zipError('CORRUPT', name, 'is damaged: its CRC-32 is wrong');
  }

  /** Bytes from the middle of a file that is stored as it is. */
  async slice(path: string, start: number, length: number): Promise<Uint8Array> {
    const entry = this.entry(path);
    return this.bytesAt(entry, (await this.dataStart(entry)) + start, length);
  }

  async head(path: string, length: number): Promise<Uint8Array> {
    const entry = this.entry(path);
    if (entry.symbolicLink || entry.encrypted) return new Uint8Array();
    try {
      const packed = await this.bytesAt(entry, await this.dataStart(entry), Math.min(entry.packedBytes, headPacked));
      if (entry.method === stored) return packed.subarray(0, length);
      return (await inflate(packed, { finishFlush: constants.Z_SYNC_FLUSH })).subarray(0, length);
    } catch {
      return new Uint8Array();
    }
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private entry(path: string): ZipEntry {
    const entry = this.files.get(path);
    if (entry === undefined) {
      const missing: NodeJS.ErrnoException = new Error(`there is no ${path} in ${this.file}`);
      missing.code = 'ENOENT';
      throw fileReadError(this.nameOf(path), missing);
    }
    return entry;
  }

  private nameOf(path: string): string {
    return `${this.file}/${path}`;
  }

  /** Where the packed bytes of a file start. */
  private async dataStart(entry: ZipEntry): Promise<number> {
    const header = await this.bytesAt(entry, entry.offset, localHeaderLength);
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    if (view.getUint32(0, true) !== localSignature) {
      throw zipError(
        'CORRUPT',
        this.nameOf(entry.path),
        'is not at the position that the directory of the archive states',
      );
    }
    return entry.offset + localHeaderLength + view.getUint16(26, true) + view.getUint16(28, true);
  }

  private async *packedPieces(entry: ZipEntry, start: number): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < entry.packedBytes; at += pieceLength) {
      yield await this.bytesAt(entry, start + at, Math.min(pieceLength, entry.packedBytes - at));
    }
  }

  private async bytesAt({ path }: ZipEntry, start: number, length: number): Promise<Uint8Array> {
    // Before memory is set aside for what is not there.
    if (start + length > this.size) throw zipError('CORRUPT', this.nameOf(path), 'lies beyond the end of the archive');
    const bytes = Buffer.allocUnsafeSlow(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await readAt(this.descriptor, bytes, done, length - done, start + done);
      if (bytesRead === 0)
        throw zipError('CORRUPT', this.nameOf(path), 'is incomplete: the archive ends before it does');
      done += bytesRead;
    }
    return new Uint8Array(bytes.buffer, bytes.byteOffset, length);
  }
}

function refuseUnreadable({ symbolicLink, encrypted, method }: ZipEntry, name: string): void {
  if (symbolicLink) throw zipError('LINK', name, 'is a symbolic link; links inside an archive are not followed');
  if (encrypted) throw zipError('ENCRYPTED', name, 'is encrypted');
  if (method !== stored && method !== deflated) {
    throw zipError('METHOD', name, `is packed by method ${method}; stored and deflated files are read`);
  }
}

async function unpack(packed: Uint8Array, { bytes }: ZipEntry, name: string): Promise<Uint8Array> {
  try {
    const unpacked = await inflate(packed, { maxOutputLength: Math.max(1, bytes) });
    return new Uint8Array(unpacked.buffer, unpacked.byteOffset, unpacked.byteLength);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw zipError('SIZE', name, `unpacks to more than the ${bytes} bytes that the archive declares`, cause);
    }
    throw zipError('CORRUPT', name, `cannot be unpacked: ${(cause as Error).message}`, cause);
  }
}
