import { readSource } from '../archive/source.js';
import { decodeDicomBytes } from '../dicom/decode-bytes.js';
import { isDicom } from '../dicom/part-10.js';
import { defaultMaxPixels, type EncodedImage } from '../encoded-image.js';
import { asImage, type GrayImage, type Image, type Size } from '../image.js';
import { imageError } from '../image-error.js';
import { toGray } from '../luma.js';
import { type ImageNote, Notes } from '../note.js';
import { operateAtFullSize, operateToSize } from '../operations/operate.js';
import type { ImageOperations } from '../operations/options.js';
import { sharp } from '../sharp.js';
import { checkHeader, type DecodeOptions } from './check-header.js';
import type { ImageHeader } from './header.js';
import { decodePixels } from './pixels.js';

export interface DecodeGrayOptions extends DecodeOptions {
  /** Stretch to this size, see `resize`. */
  readonly size?: number | Size;
  /** What is done to the picture beyond resizing; those that know the size only with a `size`. */
  readonly operations?: ImageOperations;
  /** Is given what `decodeImage` would have in `notes`, once the picture is decoded. */
  readonly onNote?: (note: ImageNote) => void;
}

/** A picture and how it was stored. */
export interface DecodedImage extends Image {
  readonly format: 'dicom' | 'jpeg' | 'netpbm' | 'png';
  /** Bits a sample in the file: 1, 2, 4, 8 or 16; 1 to 16 for DICOM. The data are 8-bit in any case. */
  readonly bitDepth: number;
  /** The channels really differ (by more than JPEG's rounding); false for gray stored as RGB. */
  readonly isColour: boolean;
  /** EXIF orientation, 1 to 8 (1: as stored). Told, not applied: see {@link decodeImage}. */
  readonly orientation: number;
  /** Faults in spite of which the picture was read, for its owner. */
  readonly notes: readonly ImageNote[];
}

/** The most two channels of a gray picture differ by, after JPEG has stored it as YCbCr. */
const grayTolerance = 4;

/**
 * Decodes a JPEG, PNG or binary PGM or PPM, gray or colour, or a radiograph in DICOM (see `decodeDicom`). 16-bit samples become `v * 255 / 65535`, rounded; palettes are
 * resolved; transparency is flattened onto black; ICC profiles are ignored. The EXIF orientation is not
 * applied, because training tools in Python do not apply it either and a silent turn would make the same
 * file two pictures; `orientation` holds it.
 *
 * @param source a file's path, which may lead into an archive (`set.zip/a.jpeg`, see `readPicture`), or the encoded
 *   bytes
 * @throws ChromarayError `CHROMARAY_IMAGE_` + `MISSING`, `PERMISSION`, `EMPTY`, `TRUNCATED`, `TOO_LARGE`,
 *   `TOO_SMALL`, `UNSUPPORTED` (CMYK, 12-bit JPEG) or `UNREADABLE`; `CHROMARAY_DICOM_` as `decodeDicom`
 */
export async function decodeImage(
  source: string | Uint8Array | EncodedImage,
  options: DecodeOptions = {},
): Promise<DecodedImage> {
  const maxPixels = options.maxPixels ?? defaultMaxPixels;
  const encoded = await readSource(source, maxPixels);
  if (isDicom(encoded.bytes)) {
    const { image, metadata, notes } = await decodeDicomBytes(encoded, options);
    const { bitsStored: bitDepth } = metadata;
    return { ...asImage(image), format: 'dicom', bitDepth, isColour: false, orientation: 1, notes };
  }
  const header = checkHeader(encoded, options);
  const notes = new Notes();
  const image = await decodePixels(encoded, header, maxPixels, notes);
  return {
    ...image,
    format: header.format,
    bitDepth: header.bitDepth,
    isColour: isColour(image),
    orientation: await orientation(encoded, header),
    notes: notes.all,
  };
}

/**
 * Decodes to gray by ITU-R BT.601 luma (see `luma`), at the stored size or stretched.
 *
 * @throws ChromarayError as {@link decodeImage}
 */
export async function decodeGray(
  source: string | Uint8Array | EncodedImage,
  options: DecodeGrayOptions = {},
): Promise<GrayImage> {
  const encoded = await readSource(source, options.maxPixels ?? defaultMaxPixels);
  const { operations = {}, size } = options;
  const { window = operations.window } = options;
  const { image, notes } = await decodeWithNotes(encoded, { ...options, ...(window && { window }) });
  if (options.onNote) notes.forEach(options.onNote);
  const gray = await operateAtFullSize(toGray(image), operations);
  return size === undefined ? gray : { channels: 1, ...toGray(operateToSize(gray, size, operations)) };
}

/** Decodes bytes that are read already to 1 or 3 channels as stored. */
export async function decodeEncoded(encoded: EncodedImage, options: DecodeOptions): Promise<Image> {
  return (await decodeWithNotes(encoded, options)).image;
}

async function decodeWithNotes(encoded: EncodedImage, options: DecodeOptions): Promise<Noted> {
  if (isDicom(encoded.bytes)) {
    const { image, notes } = await decodeDicomBytes(encoded, options);
    return { image: asImage(image), notes };
  }
  if (options.window !== undefined) {
    throw imageError('UNSUPPORTED', encoded.name, 'is no DICOM file: it holds no other contrast than the one shown');
  }
  const notes = new Notes();
  const maxPixels = options.maxPixels ?? defaultMaxPixels;
  const image = await decodePixels(encoded, checkHeader(encoded, options), maxPixels, notes);
  return { image, notes: notes.all };
}

interface Noted {
  readonly image: Image;
  readonly notes: readonly ImageNote[];
}

function isColour({ channels, data }: Image): boolean {
  if (channels === 1) return false;
  for (let i = 0; i < data.length; i += 3) {
    const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
    if (Math.max(r, g, b) - Math.min(r, g, b) > grayTolerance) return true;
  }
  return false;
}

async function orientation({ bytes }: EncodedImage, header: ImageHeader): Promise<number> {
  return header.hasExif ? ((await sharp()(bytes).metadata()).orientation ?? 1) : 1;
}
