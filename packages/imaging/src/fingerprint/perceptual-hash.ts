import { coefficientCount } from './cosines.js';

/** 32-bit words of a hash. */
export const hashWords = 8;
/** Bits each coefficient takes: its hash has as many of them set as thresholds lie below it. */
const levels = 4;

/**
 * Makes 256-bit perceptual hashes of pictures by their lowest frequencies (see `lowFrequencies`), each of the
 * 63 coefficients in 4 bits. The four thresholds of a coefficient are its quintiles among the pictures at
 * hand. The usual threshold (the picture's own median; Zauner 2010) would leave most bits equal for all chest
 * X-rays, because they are all alike: here every bit divides the pictures, and the Hamming distance is the
 * number of fifths by which two pictures differ, summed over coefficients. Hashes of different hashers do not
 * compare.
 */
export class PerceptualHasher {
  private readonly thresholds: Float64Array;

  /** @param pictures coefficients of all pictures that will be compared, at least one */
  constructor(pictures: readonly Float64Array[]) {
    this.thresholds = new Float64Array(coefficientCount * levels);
    const column = new Float64Array(pictures.length);
    for (let c = 0; c < coefficientCount; c++) {
      for (let i = 0; i < pictures.length; i++) column[i] = pictures[i]![c]!;
      column.sort();
      for (let level = 0; level < levels; level++) {
        const rank = Math.floor(((level + 1) / (levels + 1)) * pictures.length);
        this.thresholds[c * levels + level] = column[rank]!;
      }
    }
  }

  /** Writes a picture's hash into `target` at `offset` (in words). */
  hash(coefficients: Float64Array, target: Int32Array, offset: number): void {
    target.fill(0, offset, offset + hashWords);
    for (let bit = 0; bit < coefficientCount * levels; bit++) {
      if (coefficients[(bit / levels) | 0]! > this.thresholds[bit]!) target[offset + (bit >>> 5)]! |= 1 << (bit & 31);
    }
  }
}

/**
 * Bits in which two hashes differ, 0 to 252, or more than `limit` bits of them once it is clear that there are
 * more: most pairs are told apart by their first half.
 */
export function hammingDistance(a: Int32Array, atA: number, b: Int32Array, atB: number, limit = 256): number {
  let distance = 0;
  for (let word = 0; word < hashWords && distance <= limit; word++)
    distance += bitCount(a[atA + word]! ^ b[atB + word]!);
  return distance;
}

/** Set bits of a 32-bit word (Warren, Hacker's Delight, 5-1). */
export function bitCount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  x = (x + (x >>> 4)) & 0x0f0f0f0f;
  return Math.imul(x, 0x01010101) >>> 24;
}
