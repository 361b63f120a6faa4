import { isNetpbm, readNetpbmHeader } from '../netpbm.js';

/**
 * What the first bytes of a JPEG, PNG or Netpbm picture say about the picture, read without decoding it: a decompression
 * bomb is recognised by its header, and a text file named .jpeg by having none.
 *
 * Sources: PNG specification, third edition (W3C 2025), 5.2 and 11.2.1; ITU-T T.81, B.1.1 and B.2.2.
 */
export interface ImageHeader {
  readonly format: 'jpeg' | 'netpbm' | 'png';
  readonly width: number;
  readonly height: number;
  /** Bits a sample as stored: 1, 2, 4, 8, 12 or 16. A palette's index counts, its entries are 8 bits. */
  readonly bitDepth: number;
  readonly colourModel: 'gray' | 'rgb' | 'palette' | 'cmyk';
  /** An EXIF block is there, which may hold an orientation. */
  readonly hasExif: boolean;
  /** Netpbm only: where the samples start. */
  readonly dataStart?: number;
}

/** `incomplete`: starts as such a picture does, and ends before it states its size. */
export type HeaderReading = ImageHeader | 'incomplete' | 'unknown';

const pngSignature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const pngColourModels = new Map<number, ImageHeader['colourModel']>([
  [0, 'gray'],
  [2, 'rgb'],
  [3, 'palette'],
  [4, 'gray'],
  [6, 'rgb'],
]);
const jpegColourModels = new Map<number, ImageHeader['colourModel']>([
  [1, 'gray'],
  [3, 'rgb'],
  [4, 'cmyk'],
]);

export function readHeader(bytes: Uint8Array): HeaderReading {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, pngSignature)) return readPngHeader(view);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpegHeader(view);
  if (isNetpbm(bytes)) return readNetpbmHeader(bytes);
  return 'unknown';
}

function readPngHeader(view: DataView): HeaderReading {
  if (view.byteLength < 29) return 'incomplete';
  const colourModel = pngColourModels.get(view.getUint8(25));
  if (chunkType(view, 12) !== 'IHDR' || colourModel === undefined) return 'unknown';
  return {
    format: 'png',
    width: view.getUint32(16),
    height: view.getUint32(20),
    bitDepth: view.getUint8(24),
    colourModel,
    hasExif: hasPngExif(view),
  };
}

/** Looks for an eXIf chunk before the pixels; one behind them is rare and not looked for. */
function hasPngExif(view: DataView): boolean {
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const type = chunkType(view, at + 4);
    if (type === 'eXIf') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}

function chunkType(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

function readJpegHeader(view: DataView): HeaderReading {
  let hasExif = false;
  for (let at = 2; at + 4 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return 'unknown';
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrameHeader(marker)) {
      if (at + 10 > view.byteLength) return 'incomplete';
      const colourModel = jpegColourModels.get(view.getUint8(at + 9));
      if (colourModel === undefined) return 'unknown';
      return {
        format: 'jpeg',
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        bitDepth: view.getUint8(at + 4),
        colourModel,
        hasExif,
      };
    }
    if (marker === 0xe1 && at + 8 <= view.byteLength && chunkType(view, at + 4) === 'Exif') hasExif = true;
    at += 2 + view.getUint16(at + 2);
  }
  return 'incomplete';
}

/** SOF0 to SOF15; C4, C8 and CC are other things. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return prefix.every((byte, i) => bytes[i] === byte);
}
