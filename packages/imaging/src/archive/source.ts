import { stat } from 'node:fs/promises';
import { readRegularFile } from '@chromaray/base';
import { defaultMaxPixels, type EncodedImage } from '../encoded-image.js';
import { fileReadError, imageError } from '../image-error.js';
import { findInArchive, openArchive } from './open-archives.js';

/** Shows that a picture is unchanged, without reading it. */
export interface PictureStamp {
  readonly bytes: number;
  /** Of the file, or of the archive that holds it; milliseconds. */
  readonly mtimeMs: number;
}

/**
 * Reads a picture's bytes. A path may lead into an archive: `set.zip/train/a.jpeg`; a picture of an array
 * (`set.npz/train_images/00017`) is handed on as a PGM or PPM. A file larger than its permitted pixels could fill uncompressed (four 16-bit
 * channels and a megabyte of metadata) is refused unread.
 *
 * @throws ChromarayError `CHROMARAY_IMAGE_MISSING`, `_PERMISSION`, `_EMPTY`, `_TOO_LARGE` or `_UNREADABLE`
 */
export async function readSource(
  source: string | Uint8Array | EncodedImage,
  maxPixels: number = defaultMaxPixels,
): Promise<EncodedImage> {
  const encoded =
    typeof source === 'string'
      ? { name: source, bytes: await readFile(source, maxPixels) }
      : source instanceof Uint8Array
        ? { name: 'The image', bytes: source }
        : source;
  if (encoded.bytes.length === 0) throw imageError('EMPTY', encoded.name, 'is empty (0 bytes)');
  return encoded;
}

/** @throws ChromarayError `CHROMARAY_IMAGE_MISSING` and others, when there is no such file */
export async function pictureStamp(file: string): Promise<PictureStamp> {
  try {
    const place = findInArchive(file);
    if (place === undefined) {
      const { size, mtimeMs } = await stat(file);
      return { bytes: size, mtimeMs };
    }
    const { files, mtimeMs } = await openArchive(place.archive);
    const found = files.get(place.inside);
    if (found === undefined) throw imageError('MISSING', file, 'does not exist');
    return { bytes: found.bytes, mtimeMs };
  } catch (error) {
    throw fileReadError(file, error);
  }
}

async function readFile(file: string, maxPixels: number): Promise<Uint8Array> {
  const maxBytes = maxPixels * 8 + 2 ** 20;
  try {
    const place = findInArchive(file);
    if (place !== undefined) return await (await openArchive(place.archive)).read(place.inside, maxBytes);
    return await readRegularFile(file, maxBytes);
  } catch (error) {
    throw fileReadError(file, error);
  }
}
