/**
 * The file of a pixel pack:
 *
 * | bytes | what |
 * |---|---|
 * | 0 to 4095 | preamble: magic (16), format version (uint32), header length (uint32), header's SHA-256 (32), zeros |
 * | from 4096 | the pixels, uint8 [n, h, w, c] without gaps: `numpy.memmap(file, offset=4096, shape=shape)` |
 * | behind them, to the end | the header, JSON |
 *
 * The header comes last because only when all images are read it is known which could be. Integers are
 * little-endian.
 */
import { crc32 } from 'node:zlib';
import { sha256 } from '@chromaray/base';
import { corruptPack } from './pack-error.js';
import type { PackShape } from './pixel-pack.js';

/** Part of every key: raise it when the same inputs would give other pixels or another layout. */
export const packVersion = 1;

/** Where the pixels start: a multiple of the page size. */
export const pixelStart = 4096;

const magic = Buffer.from('CHROMARAY PACK\r\n', 'latin1');

/** An image that is not in the pack, and why. */
export interface UnreadableItem {
  readonly id: string;
  readonly file: string;
  /** For example `CHROMARAY_IMAGE_TRUNCATED`. */
  readonly code: string;
  readonly message: string;
}

export interface PackHeader {
  readonly version: number;
  readonly key: string;
  readonly shape: PackShape;
  readonly ids: readonly string[];
  /** CRC-32 of each picture's samples. */
  readonly checksums: readonly number[];
  readonly unreadable: readonly UnreadableItem[];
}

export function checksum(samples: Uint8Array): number {
  return crc32(samples);
}

export function encodeHeader(header: PackHeader): { readonly preamble: Buffer; readonly json: Buffer } {
  const json = Buffer.from(JSON.stringify(header));
  const preamble = Buffer.alloc(pixelStart);
  magic.copy(preamble);
  preamble.writeUInt32LE(packVersion, 16);
  preamble.writeUInt32LE(json.length, 20);
  preamble.write(sha256(json), 24, 'hex');
  return { preamble, json };
}

/**
 * Reads and checks the header of a pack.
 *
 * @param readBytes reads `length` bytes at `position`, fewer at the end of the file
 * @throws ChromarayError `CHROMARAY_PACK_CORRUPT`
 */
export function decodeHeader(
  file: string,
  fileSize: number,
  readBytes: (position: number, length: number) => Buffer,
): PackHeader {
  const preamble = readBytes(0, pixelStart);
  if (preamble.length < pixelStart || !preamble.subarray(0, 16).equals(magic)) {
    throw corruptPack(file, 'it does not start as a pixel pack does');
  }
  const version = preamble.readUInt32LE(16);
  if (version !== packVersion) throw corruptPack(file, `its format version is ${version}, expected ${packVersion}`);
  const length = preamble.readUInt32LE(20);
  const json = readBytes(Math.max(pixelStart, fileSize - length), length);
  if (sha256(json) !== preamble.toString('hex', 24, 56)) {
    throw corruptPack(file, 'its header does not have the recorded checksum');
  }
  const header = JSON.parse(json.toString()) as PackHeader;
  const expected = header.shape.reduce((product, side) => product * side, 1) + pixelStart + length;
  if (fileSize !== expected) throw corruptPack(file, `it has ${fileSize} bytes, expected ${expected}`);
  return header;
}
