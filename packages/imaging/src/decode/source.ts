import { type FileHandle, open } from 'node:fs/promises';
import { fileReadError, imageError } from './image-error.js';

/** An encoded picture in memory, and what to call it in messages. */
export interface EncodedImage {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Above this many pixels a picture is refused, unless the caller says otherwise: 64 megapixels. */
export const defaultMaxPixels = 64_000_000;

/**
 * Reads a picture's bytes. A file larger than its permitted pixels could fill uncompressed (four 16-bit
 * channels and a megabyte of metadata) is refused unread.
 *
 * @throws ChromarayError `CHROMARAY_IMAGE_MISSING`, `_PERMISSION`, `_EMPTY`, `_TOO_LARGE` or `_UNREADABLE`
 */
export async function readSource(source: string | Uint8Array, maxPixels: number): Promise<EncodedImage> {
  const encoded =
    typeof source === 'string'
      ? { name: source, bytes: await readFile(source, maxPixels) }
      : { name: 'The image', bytes: source };
  if (encoded.bytes.length === 0) throw imageError('EMPTY', encoded.name, 'is empty (0 bytes)');
  return encoded;
}

async function readFile(file: string, maxPixels: number): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file);
    const { size } = await handle.stat();
    if (size > maxPixels * 8 + 2 ** 20) {
      throw imageError('TOO_LARGE', file, `has ${size} bytes, more than ${maxPixels} pixels can fill`);
    }
    return await handle.readFile();
  } catch (error) {
    throw fileReadError(file, error);
  } finally {
    await handle?.close();
  }
}
