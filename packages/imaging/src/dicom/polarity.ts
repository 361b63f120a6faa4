import type { PixelDescription } from './pixel-description.js';
import { attributes } from './tags.js';
import { type ElementSource, firstText } from './values.js';

/**
 * True when small values are white. MONOCHROME1 says so, and so does a presentation LUT shape of INVERSE, whether or
 * not the photometric interpretation agrees: the shape is applied to what the window gives. In radiographs each of
 * them requires the other, so that one without the other gets a note.
 *
 * Source: DICOM PS3.3 2025, C.7.6.3.1.2, C.8.11.3 and C.11.6.1.2; dcmtk shows MONOCHROME2 with INVERSE inverted.
 */
export function isInverted({ elements, notes }: ElementSource, { monochrome }: PixelDescription): boolean {
  const shape = firstText(elements, attributes.presentationShape);
  if (shape === 'INVERSE' && monochrome === 2) {
    notes.add('polarity', 'is MONOCHROME2 with a presentation LUT shape of INVERSE; it is shown inverted');
    return true;
  }
  if (shape === 'IDENTITY' && monochrome === 1) {
    notes.add('polarity', 'is MONOCHROME1 with a presentation LUT shape of IDENTITY; it is shown as MONOCHROME1');
  }
  return monochrome === 1;
}
