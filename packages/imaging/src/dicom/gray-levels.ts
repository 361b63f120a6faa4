import { modalityTransform } from './modality.js';
import { paddingTest } from './padding.js';
import type { PixelDescription } from './pixel-description.js';
import type { ElementSource } from './values.js';
import { proposedWindow, ramp, type WindowTransform } from './window.js';

/**
 * Stored samples to 8-bit gray, 0 black to 255 white: modality transform, contrast, polarity. Padding becomes
 * black. Without a contrast in the file, pictures of 8 bits a sample stay as they are (like a JPEG's) and
 * deeper ones are stretched from the smallest to the largest value that is not padding.
 *
 * Computed once for each value that can be stored, not for each pixel.
 *
 * @throws ChromarayError `CHROMARAY_DICOM_MALFORMED`
 */
export function grayLevels(source: ElementSource, samples: Int32Array, pixels: PixelDescription): Uint8Array {
  const { bitsStored, signed, monochrome } = pixels;
  const modality = modalityTransform(source, signed);
  const isPadding = paddingTest(source, bitsStored, signed);
  const smallest = signed ? -(2 ** (bitsStored - 1)) : 0;
  const window = proposedWindow(source, signed || modality(smallest) < 0) ?? ownWindow();

  const levels = new Uint8Array(2 ** bitsStored);
  for (let i = 0; i < levels.length; i++) {
    const stored = smallest + i;
    if (isPadding?.(stored)) continue;
    const shown = window(modality(stored));
    levels[i] = Math.round(255 * (monochrome === 1 ? 1 - shown : shown));
  }
  return Uint8Array.from(samples, (stored) => levels[stored - smallest]!);

  function ownWindow(): WindowTransform {
    const [low, high] =
      bitsStored <= 8 && !signed ? [0, 2 ** bitsStored - 1] : extent(samples, isPadding ?? (() => false));
    const [a, b] = [modality(low), modality(high)];
    return a === b ? () => 0 : ramp((a + b) / 2, Math.abs(b - a));
  }
}

/** The smallest and the largest sample that is not padding; for a picture of padding only, 0 and 0. */
function extent(samples: Int32Array, isPadding: (stored: number) => boolean): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const stored of samples) {
    if ((stored >= low && stored <= high) || isPadding(stored)) continue;
    low = Math.min(low, stored);
    high = Math.max(high, stored);
  }
  return low <= high ? [low, high] : [0, 0];
}
