import { modalityTransform } from './modality.js';
import { isInverted } from './polarity.js';
import type { StoredSamples } from './stored-samples.js';
import type { ElementSource } from './values.js';
import { chosenWindow, type DicomContrast, proposedWindow, ramp, type WindowTransform } from './window.js';

/**
 * Stored samples to 8-bit gray, 0 black to 255 white: modality transform, contrast, polarity. Padding becomes
 * black. Without a contrast in the file, pictures of 8 bits a sample stay as they are (like a JPEG's) and
 * deeper ones are stretched from the smallest to the largest value that is not padding.
 *
 * Computed once for each value that can be stored, not for each pixel.
 *
 * @param contrast in place of the file's own
 * @throws ChromarayError `CHROMARAY_DICOM_MALFORMED`
 */
export function grayLevels(
  source: ElementSource,
  { samples, pixels, isPadding }: StoredSamples,
  contrast?: DicomContrast,
): Uint8Array {
  const { bitsStored, signed } = pixels;
  const modality = modalityTransform(source, signed);
  const smallest = signed ? -(2 ** (bitsStored - 1)) : 0;
  const window =
    (contrast === undefined ? proposedWindow(source, signed || modality(smallest) < 0) : chosenWindow(contrast)) ??
    ownWindow();
  const inverted = isInverted(source, pixels);

  const levels = new Uint8Array(2 ** bitsStored);
  for (let i = 0; i < levels.length; i++) {
    const shown = window(modality(smallest + i));
    levels[i] = Math.round(255 * (inverted ? 1 - shown : shown));
  }
  const gray = new Uint8Array(samples.length);
  for (let i = 0; i < gray.length; i++) {
    const stored = samples[i]!;
    if (isPadding === undefined || !isPadding(i, stored)) gray[i] = levels[stored - smallest]!;
  }
  return gray;

  function ownWindow(): WindowTransform {
    const [low, high] = bitsStored <= 8 && !signed ? [0, 2 ** bitsStored - 1] : extent();
    const [a, b] = [modality(low), modality(high)];
    return a === b ? () => 0 : ramp((a + b) / 2, Math.abs(b - a));
  }

  /** The smallest and the largest sample that is not padding; for a picture of padding only, 0 and 0. */
  function extent(): readonly [number, number] {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    samples.forEach((stored, i) => {
      if ((stored >= low && stored <= high) || isPadding?.(i, stored)) return;
      low = Math.min(low, stored);
      high = Math.max(high, stored);
    });
    return low <= high ? [low, high] : [0, 0];
  }
}
