import { decompress } from './decompress.js';
import { dicomError } from './dicom-error.js';
import type { PixelDescription } from './pixel-description.js';
import type { Element } from './read-elements.js';
import type { TransferSyntax } from './transfer-syntax.js';

/**
 * A picture's samples as the file stores them: bits that belong to no sample (old overlays) are cleared, and
 * the sign is spread. Row after row from the top left.
 *
 * @throws ChromarayError `CHROMARAY_DICOM_TRUNCATED`, `_MULTI_FRAME`, `_CORRUPT`, `_NO_PIXELS`
 */
export async function storedSamples(
  name: string,
  syntax: TransferSyntax,
  element: Element,
  pixels: PixelDescription,
): Promise<Int32Array> {
  const bytes = await frameBytes(name, syntax, element, pixels);
  const count = pixels.rows * pixels.columns;
  const expected = (count * pixels.bitsAllocated) / 8;
  if (bytes.length < expected) {
    throw dicomError('TRUNCATED', name, `holds ${bytes.length} bytes of pixels; ${expected} were expected`);
  }
  const bigEndian = syntax.coding === 'plain' && syntax.bigEndian;
  const raw =
    pixels.bitsAllocated === 8
      ? bytesOf(bytes, count, bigEndian && element.representation === 'OW')
      : wordsOf(bytes, count, bigEndian);
  return withoutForeignBits(raw, pixels);
}

async function frameBytes(
  name: string,
  syntax: TransferSyntax,
  element: Element,
  pixels: PixelDescription,
): Promise<Uint8Array> {
  const { fragments } = element;
  if (syntax.coding === 'plain') {
    if (fragments !== undefined) throw dicomError('CORRUPT', name, `packs its pixels, which ${syntax.name} forbids`);
    return element.value;
  }
  // Some archives decompress the pixels of a file and forget its transfer syntax; guessing would hide that.
  if (fragments === undefined) throw dicomError('CORRUPT', name, `does not pack its pixels as ${syntax.name} demands`);
  if (fragments.length === 0) throw dicomError('NO_PIXELS', name, 'holds no pixels: their sequence is empty');
  if (syntax.coding === 'rle' && fragments.length > 1) {
    throw dicomError('MULTI_FRAME', name, `holds ${fragments.length} frames; one was expected`);
  }
  // One frame may be cut into several fragments (PS3.5, A.4).
  const frame = fragments.length === 1 ? fragments[0]! : Buffer.concat(fragments);
  if (syntax.coding !== 'rle' && !hasEnd(frame)) {
    throw dicomError('TRUNCATED', name, 'holds compressed pixels that end before the picture does');
  }
  return decompress(name, { coding: syntax.coding, bytes: frame, pixels });
}

/** JPEG, JPEG-LS and JPEG 2000 all end with the same marker; decoders fill up what is missing without a word. */
function hasEnd(codestream: Uint8Array): boolean {
  const tail = Buffer.from(codestream.buffer, codestream.byteOffset, codestream.byteLength).subarray(-1024);
  return tail.includes(Buffer.of(0xff, 0xd9));
}

/** Bytes stored as 16-bit words of another byte order stand in pairs the wrong way round (PS3.5, 8.1.1). */
function bytesOf(bytes: Uint8Array, count: number, swapped: boolean): Int32Array {
  const samples = new Int32Array(count);
  if (!swapped) samples.set(bytes.subarray(0, count));
  else for (let i = 0; i < count; i++) samples[i] = bytes[i ^ 1]!;
  return samples;
}

function wordsOf(bytes: Uint8Array, count: number, bigEndian: boolean): Int32Array {
  const samples = new Int32Array(count);
  const [low, high] = bigEndian ? [1, 0] : [0, 1];
  for (let i = 0; i < count; i++) samples[i] = bytes[2 * i + low]! | (bytes[2 * i + high]! << 8);
  return samples;
}

function withoutForeignBits(samples: Int32Array, { bitsStored, highBit, signed }: PixelDescription): Int32Array {
  const left = 31 - highBit;
  const right = 32 - bitsStored;
  for (let i = 0; i < samples.length; i++) {
    const aligned = samples[i]! << left;
    samples[i] = signed ? aligned >> right : aligned >>> right;
  }
  return samples;
}
