import { dicomError } from './dicom-error.js';
import { attributes } from './tags.js';
import { type ElementSource, firstNumber, firstText, requiredCount } from './values.js';

/** How a picture's samples are stored. Source: DICOM PS3.3 2025, C.7.6.3; PS3.5, section 8. */
export interface PixelDescription {
  readonly rows: number;
  readonly columns: number;
  /** 1: small values are white; 2: small values are black. */
  readonly monochrome: 1 | 2;
  readonly bitsAllocated: 8 | 16;
  /** 1 to `bitsAllocated`. */
  readonly bitsStored: number;
  /** Position of the most significant bit, from 0. */
  readonly highBit: number;
  readonly signed: boolean;
}

/**
 * @throws ChromarayError `CHROMARAY_DICOM_NO_PIXELS`, `_COLOUR`, `_MULTI_FRAME`, `_UNSUPPORTED`, `_MALFORMED`
 */
export function describePixels(source: ElementSource): PixelDescription {
  const { name, elements } = source;
  if (!elements.has(attributes.pixels.tag)) {
    const float = elements.has(attributes.floatPixels.tag) || elements.has(attributes.doublePixels.tag);
    if (float) throw dicomError('UNSUPPORTED', name, 'holds floating-point pixels, which radiographs do not');
    if (elements.has(attributes.rows.tag))
      throw dicomError('TRUNCATED', name, 'describes a picture and holds no pixels');
    throw dicomError('NO_PIXELS', name, 'is a DICOM object without a picture, such as a report');
  }
  const photometric = firstText(elements, attributes.photometric) ?? 'nothing';
  const samples = firstNumber(source, attributes.samplesPerPixel, 1);
  if (samples !== 1 || (photometric !== 'MONOCHROME1' && photometric !== 'MONOCHROME2')) {
    throw dicomError(
      'COLOUR',
      name,
      `is not gray: it has ${samples} samples a pixel, photometric interpretation ${photometric}`,
    );
  }
  const frames = firstNumber(source, attributes.frames, 1);
  if (frames > 1) throw dicomError('MULTI_FRAME', name, `holds ${frames} frames; one was expected`);

  const bitsAllocated = requiredCount(source, attributes.bitsAllocated, 1, 64);
  if (bitsAllocated !== 8 && bitsAllocated !== 16) {
    throw dicomError('UNSUPPORTED', name, `allocates ${bitsAllocated} bits a sample; 8 or 16 are read`);
  }
  const bitsStored = requiredCount(source, attributes.bitsStored, 1, bitsAllocated);
  const highBit = elements.has(attributes.highBit.tag)
    ? requiredCount(source, attributes.highBit, bitsStored - 1, bitsAllocated - 1)
    : bitsStored - 1;
  return {
    rows: requiredCount(source, attributes.rows, 1, 65535),
    columns: requiredCount(source, attributes.columns, 1, 65535),
    monochrome: photometric === 'MONOCHROME1' ? 1 : 2,
    bitsAllocated,
    bitsStored,
    highBit,
    signed: firstNumber(source, attributes.pixelRepresentation, 0) === 1,
  };
}
