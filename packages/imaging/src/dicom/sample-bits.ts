import type { Notes } from '../note.js';
import type { PixelDescription } from './pixel-description.js';

/**
 * How many bits of decoded samples count, when a codestream has a precision of its own. The codestream decides
 * (DICOM PS3.5 2025, A.4: its characteristics are used where the data set is inconsistent with them), unless it holds
 * whole words around the samples that the data set describes: then the data set's bits are a part of them.
 *
 * @param words containers as decoded, without sign
 * @param precision bits of the codestream's samples
 * @param overlays the file keeps overlays in bits above its samples, which are no part of them
 */
export function effectiveBits(
  words: Int32Array,
  pixels: PixelDescription,
  precision: number,
  overlays: boolean,
  notes: Notes,
): PixelDescription {
  const { bitsStored, highBit, signed } = pixels;
  const whole: PixelDescription = {
    ...pixels,
    bitsAllocated: precision <= 8 ? 8 : 16,
    bitsStored: precision,
    highBit: precision - 1,
  };
  const differ = `has samples of ${bitsStored} bits by its header and of ${precision} bits as compressed`;
  if (precision < highBit + 1) {
    notes.add('bit-depth', differ);
    return whole;
  }
  if (precision === bitsStored || highBit !== bitsStored - 1 || overlays) return pixels;
  if (!usesBitsAbove(words, bitsStored, precision, signed)) return pixels;
  notes.add('bit-depth', differ);
  return whole;
}

/** True when the bits between the two depths hold more than zeros and, in signed samples, copies of the sign. */
function usesBitsAbove(words: Int32Array, bitsStored: number, precision: number, signed: boolean): boolean {
  const above = 2 ** precision - 2 ** bitsStored;
  const sign = 2 ** (bitsStored - 1);
  return words.some((word) => {
    const bits = word & above;
    return bits !== 0 && !(signed && bits === above && (word & sign) !== 0);
  });
}

/** Clears bits that belong to no sample and spreads the sign, in place. */
export function takeSampleBits(words: Int32Array, { bitsStored, highBit, signed }: PixelDescription): Int32Array {
  const left = 31 - highBit;
  const right = 32 - bitsStored;
  for (let i = 0; i < words.length; i++) {
    const aligned = words[i]! << left;
    words[i] = signed ? aligned >> right : aligned >>> right;
  }
  return words;
}
