import type { Size } from '../image.js';
import { attributes } from './tags.js';
import { type ElementSource, malformed, numbers } from './values.js';

/** Beyond this the "pixels" are no picture's. */
const mostStretched = 10;
/** Spacings are measured and rounded: pixels that are square within half a percent stay as they are. */
const squareEnough = 0.005;

/**
 * The size at which the picture's pixels are square: the coarser side is stretched, so that nothing is lost.
 *
 * Source: DICOM PS3.3 2025, C.7.6.3.1.7 (Pixel Aspect Ratio), 10.7.1.3 (Pixel Spacing), C.8.11.3 (Imager
 * Pixel Spacing); each gives the distance between rows first. The first one that is there and above 0 counts.
 *
 * @throws ChromarayError `CHROMARAY_DICOM_MALFORMED` when a pixel is over ten times as long as wide
 */
export function squarePixelSize(source: ElementSource, stored: Size): Size {
  for (const attribute of [attributes.pixelAspectRatio, attributes.pixelSpacing, attributes.imagerPixelSpacing]) {
    const [rows, columns] = numbers(source, attribute);
    if (rows === undefined || columns === undefined || rows <= 0 || columns <= 0) continue;
    const ratio = rows / columns;
    if (ratio > mostStretched || ratio < 1 / mostStretched) {
      throw malformed(source, attribute, `says that a pixel measures ${rows} by ${columns}`);
    }
    if (Math.abs(ratio - 1) <= squareEnough) return stored;
    const { width, height } = stored;
    return ratio > 1 ? { width, height: Math.round(height * ratio) } : { width: Math.round(width / ratio), height };
  }
  return stored;
}
