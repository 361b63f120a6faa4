import { bitsOfThree } from './bit-counts.js';
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

/** Bits in which two hashes differ, 0 to 252. */
export function hammingDistance(a: Int32Array, atA: number, b: Int32Array, atB: number): number {
  return (
    bitsOfThree(a[atA]! ^ b[atB]!, a[atA + 1]! ^ b[atB + 1]!, a[atA + 2]! ^ b[atB + 2]!) +
    bitsOfThree(a[atA + 3]! ^ b[atB + 3]!, a[atA + 4]! ^ b[atB + 4]!, a[atA + 5]! ^ b[atB + 5]!) +
    bitsOfThree(a[atA + 6]! ^ b[atB + 6]!, a[atA + 7]! ^ b[atB + 7]!, 0)
  );
}

/**
 * Looks one hash up among many by the first 96 bits (the slowest frequencies down the picture), which tell most pairs apart.
 *
 * @param hash where its words begin: at `at`
 * @param others one after the other; those before the `end`th are looked at
 * @param found filled with the positions of those that differ in at most `limit` bits; as long as `end` at least
 * @returns how many
 */
export function nearInBeginning(
  hash: Int32Array,
  at: number,
  others: Int32Array,
  end: number,
  limit: number,
  found: Int32Array,
): number {
  const [a, b, c] = [hash[at]!, hash[at + 1]!, hash[at + 2]!];
  let count = 0;
  for (let other = 0, from = 0; other < end; other++, from += hashWords) {
    if (bitsOfThree(a ^ others[from]!, b ^ others[from + 1]!, c ^ others[from + 2]!) <= limit) found[count++] = other;
  }
  return count;
}
