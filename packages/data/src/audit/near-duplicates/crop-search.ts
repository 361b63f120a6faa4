import {
  hammingDistance,
  hashWords,
  lowFrequencies,
  lowFrequencyCount,
  nearInBeginning,
  SignatureComparer,
} from '@chromaray/imaging';
import { sharedIntegers, sharedNumbers } from './shared-arrays.js';
import type { Measures, SignatureTables } from './signature-tables.js';

/** A pair of which one picture is probably the middle of the other. */
export interface CropCandidate {
  /** Position of the other picture, before this one. */
  readonly other: number;
  /** How many times as far from the middle things lie in the other picture as in this one. */
  readonly scale: number;
  readonly residual: number;
}

/** Of the middles of all pictures, cut by one margin: hashes, and standardised coefficients. */
export interface MiddleTables {
  readonly hashes: Int32Array;
  readonly coefficients: Float32Array;
}

/** Shares cut off each side; what lies between them the signature forgives. */
const margins = [0.09, 0.13, 0.17] as const;
/** Side at which the middle of a thumbnail is looked at: that of a signature. */
const middleSide = 24;
const largestDistance = 64;
/** The same of the first 96 bits. */
const largestBeginning = 28;
/** Stricter than for pictures in place: the margins leave little to forgive. */
const largestResidual = 0.12;
const mostCandidates = 6;

/**
 * Measures the middles of all pictures, a table for each margin.
 *
 * @param thumbnails `side * side` gray levels each
 */
export function* middleTables(
  thumbnails: readonly Uint8Array[],
  side: number,
  { hasher, comparer }: Measures,
): Generator<number, readonly MiddleTables[], void> {
  const tables = margins.map(() => ({
    hashes: sharedIntegers(thumbnails.length * hashWords),
    coefficients: sharedNumbers(thumbnails.length * lowFrequencyCount),
  }));
  for (const [i, thumbnail] of thumbnails.entries()) {
    for (const [m, { hashes, coefficients }] of tables.entries()) {
      const raw = unitLength(lowFrequencies(middleOf(thumbnail, side, margins[m]!), middleSide));
      hasher.hash(raw, hashes, i * hashWords);
      coefficients.set(comparer.standardise(raw), i * lowFrequencyCount);
    }
    yield 0;
  }
  return tables;
}

/** Finds pictures that are the middle of another, cut by some 7 to 19 % of each side, which landmarks find less surely. */
export class CropSearch {
  /** Used anew for each look-up. */
  private readonly near: Int32Array;

  constructor(
    private readonly pictures: SignatureTables,
    private readonly middles: readonly MiddleTables[],
  ) {
    this.near = new Int32Array(pictures.count);
  }

  /** Candidates before `picture`, the likeliest first. */
  of(picture: number): readonly CropCandidate[] {
    const { plain, movements, hashes } = this.pictures;
    const found: CropCandidate[] = [];
    const at = picture * hashWords;
    for (const [m, middle] of this.middles.entries()) {
      const inner = 1 - 2 * margins[m]!;
      let near = nearInBeginning(middle.hashes, at, hashes, picture, largestBeginning, this.near);
      for (let k = 0; k < near; k++) {
        const other = this.near[k]!;
        if (hammingDistance(middle.hashes, at, hashes, other * hashWords) > largestDistance) continue;
        const residual = SignatureComparer.residual(plain, other, movements, middle.coefficients, picture);
        if (residual <= largestResidual) found.push({ other, scale: 1 / inner, residual });
      }
      near = nearInBeginning(hashes, at, middle.hashes, picture, largestBeginning, this.near);
      for (let k = 0; k < near; k++) {
        const other = this.near[k]!;
        if (hammingDistance(hashes, at, middle.hashes, other * hashWords) > largestDistance) continue;
        const residual = SignatureComparer.residual(plain, picture, movements, middle.coefficients, other);
        if (residual <= largestResidual) found.push({ other, scale: inner, residual });
      }
    }
    return found.sort((a, b) => a.residual - b.residual || a.other - b.other).slice(0, mostCandidates);
  }
}

/** The middle of a thumbnail, by bilinear interpolation of four samples for each. */
function middleOf(thumbnail: Uint8Array, side: number, margin: number): Float32Array {
  const result = new Float32Array(middleSide * middleSide);
  const fine = 2 * middleSide;
  const place = (i: number): number => (margin + ((i + 0.5) / fine) * (1 - 2 * margin)) * side - 0.5;
  for (let row = 0; row < fine; row++) {
    const y = place(row);
    const top = Math.floor(y);
    for (let column = 0; column < fine; column++) {
      const x = place(column);
      const left = Math.floor(x);
      const at = top * side + left;
      const upper = thumbnail[at]! + (x - left) * (thumbnail[at + 1]! - thumbnail[at]!);
      const lower = thumbnail[at + side]! + (x - left) * (thumbnail[at + side + 1]! - thumbnail[at + side]!);
      result[(row >> 1) * middleSide + (column >> 1)]! += (upper + (y - top) * (lower - upper)) / 4;
    }
  }
  return result;
}

/** Scaled to length 1, as signatures are; zeros stay. */
function unitLength(coefficients: Float64Array): Float64Array {
  const length = Math.hypot(...coefficients);
  const scale = length < 0.01 * 2 * middleSide ? 0 : 1 / length;
  return coefficients.map((value) => value * scale);
}
