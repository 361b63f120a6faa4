import { type CompressedFrame, decodeFrame } from './codec.js';
import { codestreamSize } from './codestream.js';
import { dicomError } from './dicom-error.js';
import type { PixelDescription } from './pixel-description.js';

/**
 * Decompresses a frame to its stored samples, little endian.
 *
 * @throws ChromarayError `CHROMARAY_DICOM_CORRUPT`, or `_COLOUR` when the codestream has several components
 */
export async function decompress(name: string, frame: CompressedFrame): Promise<Uint8Array> {
  if (frame.coding !== 'rle') checkSize(name, frame.bytes, frame.pixels);
  try {
    return await decodeFrame(frame);
  } catch (cause) {
    throw dicomError('CORRUPT', name, `holds pixels that cannot be decompressed: ${reason(cause)}`, cause);
  }
}

function checkSize(name: string, codestream: Uint8Array, { columns, rows }: PixelDescription): void {
  const size = codestreamSize(codestream);
  if (size === undefined) throw dicomError('CORRUPT', name, 'holds pixels whose head cannot be read');
  if (size.components !== 1) throw dicomError('COLOUR', name, `holds pixels of ${size.components} components`);
  if (size.width === columns && size.height === rows) return;
  const [told, found] = [`${columns} x ${rows}`, `${size.width} x ${size.height}`];
  throw dicomError('CORRUPT', name, `announces ${told} pixels and holds ${found}`);
}

function reason(cause: unknown): string {
  return (cause as Error).message?.split('\n', 1)[0]?.replace(/\.$/, '') || 'the decoder gave no reason';
}
