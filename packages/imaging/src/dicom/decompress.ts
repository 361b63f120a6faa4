import type { Notes } from '../note.js';
import { type CompressedFrame, decodeFrame } from './codec.js';
import { type CodestreamHead, codestreamHead, isCodestreamComplete } from './codestream.js';
import { dicomError } from './dicom-error.js';
import type { PixelDescription } from './pixel-description.js';
import { decodeRle, rleContainer } from './rle.js';
import type { PixelCoding } from './transfer-syntax.js';

/** Decompressed samples in containers of 8 or 16 bits, little endian. */
export interface Decompressed {
  readonly bytes: Uint8Array;
  readonly container: 8 | 16;
  /** Bits of a sample as the codestream says; undefined where it does not say (RLE). */
  readonly precision?: number;
}

/**
 * Decompresses a frame to its stored samples. How a codestream is packed and how many bits its samples have is taken
 * from the codestream itself: where the data set says something else, PS3.5 (A.4) has the codestream decide.
 *
 * @param coding what the transfer syntax announces
 * @throws ChromarayError `CHROMARAY_DICOM_CORRUPT`, `_TRUNCATED`, `_UNSUPPORTED` (samples of more than 16 bits), or
 *   `_COLOUR` when the codestream has several components
 */
export async function decompress(
  name: string,
  coding: Exclude<PixelCoding, 'plain'>,
  bytes: Uint8Array,
  pixels: PixelDescription,
  notes: Notes,
): Promise<Decompressed> {
  const { rows, columns } = pixels;
  const head = codestreamHead(bytes);
  if (coding === 'rle' && head === undefined) {
    return { bytes: decodeRle(name, bytes, rows * columns), container: rleContainer(name, bytes) };
  }
  const found = checkedHead(name, head, pixels);
  if (found.coding !== coding) notes.add('encoding', `announces ${names[coding]} and holds ${names[found.coding]}`);
  if (!isCodestreamComplete(bytes, found.coding)) {
    throw dicomError('TRUNCATED', name, 'holds compressed pixels that end before the picture does');
  }
  const container = found.precision <= 8 ? 8 : 16;
  const frame = { coding: found.coding, bytes, rows, columns, container } as const;
  return { bytes: await decode(name, frame, notes), container, precision: found.precision };
}

const names: Record<Exclude<PixelCoding, 'plain'>, string> = {
  rle: 'RLE',
  jpeg: 'JPEG',
  'jpeg-ls': 'JPEG-LS',
  'jpeg-2000': 'JPEG 2000',
  htj2k: 'High-Throughput JPEG 2000',
};

async function decode(name: string, frame: CompressedFrame, notes: Notes): Promise<Uint8Array> {
  const { bytes, complaints } = await decodeFrame(frame).catch((cause: unknown) => {
    throw dicomError('CORRUPT', name, `holds pixels that cannot be decompressed: ${reason(cause)}`, cause);
  });
  // Where data are corrupt, samples were made up; bytes too many before a marker, or odd parameters, cost none.
  const [fatal] = complaints.filter((text) => /corrupt|premature end/i.test(text) && !/extraneous bytes/i.test(text));
  if (fatal !== undefined && /premature end/i.test(fatal)) {
    throw dicomError('TRUNCATED', name, `holds compressed pixels that end before the picture does: ${fatal}`);
  }
  if (fatal !== undefined) throw dicomError('CORRUPT', name, `holds damaged pixels: ${fatal}`);
  for (const text of complaints) notes.add('decoder', `was decoded with a warning: ${text}`);
  return bytes;
}

function checkedHead(name: string, head: CodestreamHead | undefined, pixels: PixelDescription): CodestreamHead {
  if (head === undefined) throw dicomError('CORRUPT', name, 'holds pixels whose head cannot be read');
  if (head.components !== 1) throw dicomError('COLOUR', name, `holds pixels of ${head.components} components`);
  if (head.precision > 16) throw dicomError('UNSUPPORTED', name, `holds samples of ${head.precision} bits`);
  if (head.width === pixels.columns && head.height === pixels.rows) return head;
  const [announced, found] = [`${pixels.columns} x ${pixels.rows}`, `${head.width} x ${head.height}`];
  throw dicomError('CORRUPT', name, `announces ${announced} pixels and holds ${found}`);
}

function reason(cause: unknown): string {
  const text = (cause as Error).message?.split('\n', 1)[0]?.replace(/\.$/, '') ?? '';
  // What WebAssembly says when a decoder runs into a trap.
  if (text === '' || text === 'unreachable') return 'the decoder gave up';
  return text.replace(/^.*::/, '');
}
