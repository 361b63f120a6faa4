import { defaultMaxPixels, type EncodedImage } from '../encoded-image.js';
import type { GrayImage } from '../image.js';
import { imageError } from '../image-error.js';
import type { ImageNote } from '../note.js';
import { resize } from '../resize/resize.js';
import { squarePixelSize } from './aspect.js';
import { grayLevels } from './gray-levels.js';
import { type DicomMetadata, dicomMetadata } from './metadata.js';
import { openPart10 } from './part-10.js';
import { describePixels } from './pixel-description.js';
import { storedSamples } from './stored-samples.js';
import { attributes } from './tags.js';
import type { DicomContrast } from './window.js';

export interface DecodeDicomOptions {
  /** Refuse pictures of more pixels than this from their header. Default 64,000,000. */
  readonly maxPixels?: number;
  /** Refuse pictures with a side shorter than this, in pixels. Default 1. */
  readonly minSide?: number;
  /** The contrast in place of the one that the file proposes. */
  readonly window?: DicomContrast;
}

/** A radiograph of a DICOM file, ready to look at, and what the file says about it. */
export interface DecodedDicom {
  /** Air black, bone white, square pixels. */
  readonly image: GrayImage;
  readonly metadata: DicomMetadata;
  /** Faults in spite of which the file was read, for its owner. */
  readonly notes: readonly ImageNote[];
}

const wanted = new Set<number>(Object.values(attributes).map(({ tag }) => tag));

/** Decodes bytes that are read already. Runs in a browser too, where the coding of the pixels does. */
export async function decodeDicomBytes(encoded: EncodedImage, options: DecodeDicomOptions): Promise<DecodedDicom> {
  const { name, bytes } = encoded;
  const { maxPixels = defaultMaxPixels, minSide = 1 } = options;
  const file = openPart10(name, bytes, wanted, attributes.pixels.tag, maxPixels * 4 + 2 ** 24);
  const { notes, syntax, elements } = file;
  const source = { name, elements, bigEndian: syntax.bigEndian, notes };
  const pixels = describePixels(source);
  const stored = { width: pixels.columns, height: pixels.rows };
  const square = squarePixelSize(source, stored);
  if (Math.max(stored.width * stored.height, square.width * square.height) > maxPixels) {
    const size = `${square.width} x ${square.height}`;
    throw imageError('TOO_LARGE', name, `has ${size} pixels; at most ${maxPixels} in all are decoded`);
  }
  if (Math.min(stored.width, stored.height) < minSide) {
    const size = `${stored.width} x ${stored.height}`;
    throw imageError('TOO_SMALL', name, `has ${size} pixels; at least ${minSide} a side are needed`);
  }
  const samples = await storedSamples(source, syntax, elements.get(attributes.pixels.tag)!, pixels);
  const image: GrayImage = { ...stored, channels: 1, data: grayLevels(source, samples, options.window) };
  return {
    image: square === stored ? image : resize(image, square),
    metadata: dicomMetadata(file, samples.pixels),
    notes: notes.all,
  };
}
