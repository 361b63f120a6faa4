import { isNetpbm } from '../netpbm.js';

/**
 * How a picture's file was written, as far as its header tells: none of it is anatomy, but a scanner, an
 * archive or a program leaves its hand there, and where classes came from different places a network that
 * saw it would need no X-ray.
 */
export interface FileTraits {
  readonly format: 'dicom' | 'jpeg' | 'netpbm' | 'png';
  readonly channels: number;
  /** Bits a sample. */
  readonly bitDepth: number;
  /** JPEG: mean of the entries of each quantisation table, in file order; a coarser table was saved at lower quality. */
  readonly quantisation: readonly number[];
  /** JPEG: sampling factors of the components, for example `22,11,11`; empty for PNG. */
  readonly sampling: string;
  readonly progressive: boolean;
  /** Bytes of an embedded ICC profile. */
  readonly profileBytes: number;
  /** Bytes of all other metadata: EXIF, XMP, comments, text chunks. */
  readonly metadataBytes: number;
}

/** Reads the traits of a file that is known to decode; of DICOM, whose header describes the patient too, the format alone. */
export function readFileTraits(bytes: Uint8Array): FileTraits {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(view);
  if (bytes[0] === 0x89 && bytes[1] === 0x50 && bytes.length >= 29) return readPng(view);
  if (isNetpbm(bytes)) return { ...nothing, format: 'netpbm', channels: bytes[1] === 0x35 ? 1 : 3, bitDepth: 8 };
  return { ...nothing, format: 'dicom' };
}

const nothing = {
  channels: 0,
  bitDepth: 0,
  quantisation: [],
  sampling: '',
  progressive: false,
  profileBytes: 0,
  metadataBytes: 0,
} as const;

/** Segments of ITU-T T.81, annex B, up to the first scan. */
function readJpeg(view: DataView): FileTraits {
  const quantisation: number[] = [];
  const frame = { channels: 0, bitDepth: 0, sampling: '', progressive: false };
  let profileBytes = 0;
  let metadataBytes = 0;
  for (let at = 2; at + 4 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) break;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (marker === 0xda || length < 2 || end > view.byteLength) break;
    if (marker === 0xdb) quantisation.push(...quantisationMeans(view, at + 4, end));
    else if (marker === 0xe2 && text(view, at + 4, 11) === 'ICC_PROFILE') profileBytes += length - 2;
    else if (marker === 0xfe || (marker > 0xe0 && marker <= 0xef)) metadataBytes += length - 2;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      Object.assign(frame, readFrame(view, at + 4, marker, end));
    }
    at = end;
  }
  return { format: 'jpeg', ...frame, quantisation, profileBytes, metadataBytes };
}

function readFrame(view: DataView, at: number, marker: number, end: number) {
  const channels = view.getUint8(at + 5);
  const factors: string[] = [];
  for (let from = at + 6; from + 3 <= end; from += 3) factors.push(view.getUint8(from + 1).toString(16));
  return { channels, bitDepth: view.getUint8(at), sampling: factors.join(','), progressive: marker === 0xc2 };
}

function quantisationMeans(view: DataView, start: number, end: number): readonly number[] {
  const means: number[] = [];
  for (let at = start; at < end; ) {
    const wide = view.getUint8(at) >> 4 === 1;
    at += 1;
    if (at + (wide ? 128 : 64) > end) break;
    let sum = 0;
    for (let i = 0; i < 64; i++) sum += wide ? view.getUint16(at + 2 * i) : view.getUint8(at + i);
    means.push(sum / 64);
    at += wide ? 128 : 64;
  }
  return means;
}

/** Chunks of the PNG specification, third edition, 11. */
function readPng(view: DataView): FileTraits {
  let profileBytes = 0;
  let metadataBytes = 0;
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const type = text(view, at + 4, 4);
    if (type === 'iCCP') profileBytes += view.getUint32(at);
    else if (/^(tEXt|zTXt|iTXt|eXIf|tIME)$/.test(type)) metadataBytes += view.getUint32(at);
  }
  const channels =
    new Map([
      [0, 1],
      [2, 3],
      [3, 3],
      [4, 2],
      [6, 4],
    ]).get(view.getUint8(25)) ?? 0;
  return {
    ...nothing,
    format: 'png',
    channels,
    bitDepth: view.getUint8(24),
    progressive: view.getUint8(28) === 1,
    profileBytes,
    metadataBytes,
  };
}

function text(view: DataView, at: number, length: number): string {
  let result = '';
  for (let i = at; i < Math.min(at + length, view.byteLength); i++) result += String.fromCharCode(view.getUint8(i));
  return result;
}
