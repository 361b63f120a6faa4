import {
  checkHeader,
  type DeepGray,
  decodeDicomBytes,
  deepDicom,
  dicomError,
  type EncodedImage,
  type GrayImage,
  imageError,
  isDicom,
  Notes,
  plainSamples,
  toEightBits,
  toGray,
} from '@chromaray/imaging/browser';
import { decodeJpeg } from './decode-jpeg.js';
import { decodePng } from './decode-png.js';
import { decodersNeeded } from './decoder-program.js';
import { notInBrowser } from './not-in-browser.js';

export interface DecodedPicture {
  /** Eight bits, as a network is given it after resizing. */
  readonly gray: GrayImage;
  /** With every bit, for the viewer. */
  readonly deep: DeepGray;
  readonly notes: readonly string[];
}

/**
 * Decodes a picture as `decodeGray` does on the server, with the same code but for what unpacks JPEG and PNG: those are
 * the browser's own and the page's.
 *
 * @throws ChromarayError as `decodeGray`; `CHROMARAY_DICOM_TRANSFER_SYNTAX` for deflated DICOM files, which no browser
 *   inflates at once
 * @throws DecodersNeeded for compressed DICOM files before {@link giveDecoders}
 */
export async function decodePicture(encoded: EncodedImage): Promise<DecodedPicture> {
  if (encoded.bytes.length === 0) throw imageError('EMPTY', encoded.name, 'is empty (0 bytes)');
  return isDicom(encoded.bytes) ? dicom(encoded) : plain(encoded);
}

async function dicom(encoded: EncodedImage): Promise<DecodedPicture> {
  try {
    const { image, notes } = await decodeDicomBytes(encoded, {});
    const deep = await deepDicom(encoded);
    return { gray: image, deep: deep ?? shallow(image), notes: notes.map(({ text }) => text) };
  } catch (error) {
    if (isFor(error, decodersNeeded)) throw new DecodersNeeded();
    if (!isFor(error, notInBrowser)) throw error;
    const found = 'is compressed in a way that is not decoded in a browser; `chromaray predict` reads it';
    throw dicomError('TRANSFER_SYNTAX', encoded.name, found, error);
  }
}

/** A compressed DICOM file came before the decoders; it is to be asked for again with them. */
export class DecodersNeeded extends Error {}

function isFor(error: unknown, reason: string): boolean {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error && (cause.message === reason || isFor(cause, reason));
}

async function plain(encoded: EncodedImage): Promise<DecodedPicture> {
  const header = checkHeader(encoded, {});
  const notes = new Notes();
  if (header.dataStart !== undefined) return ofEight(plainSamples(encoded, header, header.dataStart), notes);
  if (header.format === 'jpeg') return ofEight(await decodeJpeg(encoded, header), notes);
  const { width, height, channels, samples } = await decodePng(encoded, header);
  if (samples instanceof Uint8Array) return ofEight({ width, height, channels, data: samples }, notes);
  const gray = toGray({ width, height, channels, data: toEightBits(samples, notes) });
  const deep = channels === 1 ? { width, height, bits: 16, data: samples, window: undefined } : shallow(gray);
  return { gray, deep, notes: notes.all.map(({ text }) => text) };
}

function ofEight(image: Parameters<typeof toGray>[0], notes: Notes): DecodedPicture {
  const gray = toGray(image);
  return { gray, deep: shallow(gray), notes: notes.all.map(({ text }) => text) };
}

function shallow({ width, height, data }: GrayImage): DeepGray {
  return { width, height, bits: 8, data, window: undefined };
}
