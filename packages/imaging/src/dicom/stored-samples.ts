import { decompress } from './decompress.js';
import { dicomError } from './dicom-error.js';
import { type Frame, frameOf } from './frame.js';
import { type IsPadding, paddingOf } from './padding.js';
import type { PixelDescription } from './pixel-description.js';
import type { Element } from './read-elements.js';
import { effectiveBits, takeSampleBits } from './sample-bits.js';
import { attributes } from './tags.js';
import type { TransferSyntax } from './transfer-syntax.js';
import type { ElementSource } from './values.js';

/** A picture's samples as the file stores them, row after row from the top left. */
export interface StoredSamples {
  readonly samples: Int32Array;
  /** What was found true of the samples: a codestream may hold other bits than the data set says. */
  readonly pixels: PixelDescription;
  /** Tells samples that belong to no patient; undefined when the file marks none. */
  readonly isPadding: IsPadding | undefined;
}

/**
 * Reads the samples: bits that belong to no sample (old overlays) are cleared, and the sign is spread.
 *
 * @throws ChromarayError `CHROMARAY_DICOM_TRUNCATED`, `_MULTI_FRAME`, `_CORRUPT`, `_NO_PIXELS`, `_COLOUR`,
 *   `_UNSUPPORTED`, `_MALFORMED`
 */
export async function storedSamples(
  source: ElementSource,
  syntax: TransferSyntax,
  element: Element,
  described: PixelDescription,
): Promise<StoredSamples> {
  const frame = frameOf(source, syntax, element, described);
  const { words, pixels } =
    frame.coding === 'plain'
      ? { words: plainWords(source, syntax, element, frame, described), pixels: described }
      : await compressedWords(source, { ...frame, coding: frame.coding }, described);
  // Padding may lie outside the samples' own bits: it is looked for before those are taken.
  const isPadding = paddingOf(source, words, pixels);
  return { samples: takeSampleBits(words, pixels), pixels, isPadding };
}

async function compressedWords(
  source: ElementSource,
  { coding, bytes }: Frame & { readonly coding: Exclude<Frame['coding'], 'plain'> },
  described: PixelDescription,
): Promise<{ words: Int32Array; pixels: PixelDescription }> {
  const { name, notes } = source;
  const { container, precision, ...decoded } = await decompress(name, coding, bytes, described, notes);
  const count = described.rows * described.columns;
  needBytes(name, decoded.bytes, (count * container) / 8);
  const words = container === 8 ? bytesOf(decoded.bytes, count, false) : wordsOf(decoded.bytes, count, false);
  if (precision !== undefined) {
    return { words, pixels: effectiveBits(words, described, precision, hasOverlays(source), notes) };
  }
  if (described.highBit < container) return { words, pixels: described };
  notes.add('bit-depth', `has samples of ${described.bitsStored} bits by its header and of ${container} as compressed`);
  return { words, pixels: { ...described, bitsAllocated: container, bitsStored: container, highBit: container - 1 } };
}

function plainWords(
  { name }: ElementSource,
  syntax: TransferSyntax,
  { representation }: Element,
  { bytes }: Frame,
  { rows, columns, bitsAllocated }: PixelDescription,
): Int32Array {
  const count = rows * columns;
  needBytes(name, bytes, (count * bitsAllocated) / 8);
  return bitsAllocated === 8
    ? bytesOf(bytes, count, syntax.bigEndian && representation === 'OW')
    : wordsOf(bytes, count, syntax.bigEndian);
}

function needBytes(name: string, { length }: Uint8Array, expected: number): void {
  if (length >= expected) return;
  throw dicomError('TRUNCATED', name, `holds ${length} bytes of pixels; ${expected} were expected`);
}

/** An overlay that says its bit and holds no data of its own is kept in the pixels' upper bits. */
function hasOverlays({ elements }: ElementSource): boolean {
  const { overlayBit, overlayData } = attributes;
  return elements.has(overlayBit.tag) && !elements.has(overlayData.tag);
}

/** Bytes stored as 16-bit words of another byte order come in pairs the wrong way round (PS3.5, 8.1.1). */
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
