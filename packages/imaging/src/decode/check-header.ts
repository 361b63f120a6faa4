import type { DicomContrast } from '../dicom/window.js';
import { defaultMaxPixels, type EncodedImage } from '../encoded-image.js';
import { imageError } from '../image-error.js';
import { type ImageHeader, readHeader } from './header.js';

export interface DecodeOptions {
  /** Refuse pictures of more pixels than this from their header. Default 64,000,000. */
  readonly maxPixels?: number;
  /** Refuse pictures with a side shorter than this, in pixels. Default 1: a 1 x 1 picture decodes. */
  readonly minSide?: number;
  /** DICOM only, others are refused: the contrast in place of the one that the file proposes. */
  readonly window?: DicomContrast;
}

/**
 * What a picture's first bytes say, once it is clear that it can be decoded: a bomb is refused here.
 *
 * @throws ChromarayError `CHROMARAY_IMAGE_` + `TRUNCATED`, `TOO_LARGE`, `TOO_SMALL`, `UNSUPPORTED` or `UNREADABLE`
 */
export function checkHeader(encoded: EncodedImage, options: DecodeOptions): ImageHeader {
  const { name, bytes } = encoded;
  const { maxPixels = defaultMaxPixels, minSide = 1 } = options;
  const header = readHeader(bytes);
  if (header === 'unknown')
    throw imageError('UNREADABLE', name, 'is not a JPEG, PNG or DICOM file, despite its extension');
  if (header === 'incomplete') throw imageError('TRUNCATED', name, 'ends within its header');
  const { width, height, bitDepth, colourModel } = header;
  if (width === 0 || height === 0) throw imageError('UNREADABLE', name, `claims a size of ${width} x ${height} pixels`);
  if (width * height > maxPixels) {
    throw imageError('TOO_LARGE', name, `has ${width} x ${height} pixels; at most ${maxPixels} in all are decoded`);
  }
  if (Math.min(width, height) < minSide) {
    throw imageError('TOO_SMALL', name, `has ${width} x ${height} pixels; at least ${minSide} a side are needed`);
  }
  if (colourModel === 'cmyk') throw imageError('UNSUPPORTED', name, 'is a CMYK JPEG, made for printing');
  if (bitDepth === 12) throw imageError('UNSUPPORTED', name, 'is a JPEG of 12 bits a sample');
  return header;
}
