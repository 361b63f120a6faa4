import type { PixelCoding } from './transfer-syntax.js';

/** What the head of a compressed picture says about itself. */
export interface CodestreamHead {
  readonly coding: Exclude<PixelCoding, 'plain' | 'rle'>;
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Bits of a sample. */
  readonly precision: number;
}

/**
 * Reads what a codestream says about itself without decoding it, to compare with what the data set says: a decoder
 * believes the codestream, and one that claims 60,000 x 60,000 pixels would fill the memory.
 *
 * Sources: ITU-T T.81, B.2.2 (JPEG); T.87, C.2.2 (JPEG-LS); T.800, A.5.1 (JPEG 2000); T.814, A.2 (high-throughput).
 *
 * @returns undefined when the head is not that of a codestream
 */
export function codestreamHead(bytes: Uint8Array): CodestreamHead | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? jpegHead(view) : jpeg2000Head(view);
}

/**
 * False for a codestream that ends before its picture does, as far as its markers show: JPEG, JPEG-LS and JPEG 2000
 * all end with the same marker, and the parts of JPEG 2000 say how long they are. Decoders fill up what is missing.
 */
export function isCodestreamComplete(bytes: Uint8Array, coding: CodestreamHead['coding']): boolean {
  const end = endOfImage(bytes);
  if (end < 0) return false;
  return coding === 'jpeg' || coding === 'jpeg-ls' || holdsTileParts(bytes, end);
}

/** In a `JPEG` or `JPEG-LS` codestream. */
const frameMarkers = { c4: 0xc4, c8: 0xc8, cc: 0xcc, first: 0xc0, last: 0xcf, losslessLs: 0xf7 };

function jpegHead(view: DataView): CodestreamHead | undefined {
  for (let at = 2; at + 10 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const { c4, c8, cc, first, last, losslessLs } = frameMarkers;
    const isFrame = marker >= first && marker <= last && marker !== c4 && marker !== c8 && marker !== cc;
    if (isFrame || marker === losslessLs) {
      return {
        coding: marker === losslessLs ? 'jpeg-ls' : 'jpeg',
        precision: view.getUint8(at + 4),
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        components: view.getUint8(at + 9),
      };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** The boxes of a JP2 file may precede the codestream, though DICOM forbids them. */
const longestBoxes = 4096;
const startAndSize = 0xff4fff51;
/** Bit of the capabilities that announces part 15, high throughput. */
const highThroughput = 0x4000;

function jpeg2000Start(view: DataView): number | undefined {
  const last = Math.min(view.byteLength - 43, longestBoxes);
  for (let at = 0; at <= last; at++) if (view.getUint32(at) === startAndSize) return at;
  return undefined;
}

function jpeg2000Head(view: DataView): CodestreamHead | undefined {
  const at = jpeg2000Start(view);
  if (at === undefined) return undefined;
  return {
    coding: (view.getUint16(at + 6) & highThroughput) === 0 ? 'jpeg-2000' : 'htj2k',
    width: view.getUint32(at + 8) - view.getUint32(at + 16),
    height: view.getUint32(at + 12) - view.getUint32(at + 20),
    components: view.getUint16(at + 40),
    precision: (view.getUint8(at + 42) & 0x7f) + 1,
  };
}

const [startOfTilePart, endOfCodestream] = [0xff90, 0xffd9];

/** Source: ITU-T T.800, A.4.2: a tile-part says its length; 0, in the last one, means up to the end. */
function holdsTileParts(bytes: Uint8Array, end: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = (jpeg2000Start(view) ?? 0) + 2;
  while (at + 12 <= view.byteLength) {
    const marker = view.getUint16(at);
    if (marker === endOfCodestream) return true;
    if (marker !== startOfTilePart) {
      at += 2 + view.getUint16(at + 2);
      continue;
    }
    const length = view.getUint32(at + 6);
    if (length === 0) return at < end;
    if (length < 12) return false;
    at += length;
  }
  return at === end;
}

/** Where the last marker FFD9 is; -1 where there is none. */
function endOfImage(bytes: Uint8Array): number {
  for (let at = bytes.lastIndexOf(0xd9); at > 0; at = bytes.lastIndexOf(0xd9, at - 1))
    if (bytes[at - 1] === 0xff) return at - 1;
  return -1;
}
