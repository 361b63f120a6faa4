import {
  hammingDistance,
  hashWords,
  lowFrequencies,
  type PerceptualHasher,
  SignatureComparer,
} from '@chromaray/imaging';

/** A pair of which one picture is probably the middle of the other. */
export interface CropCandidate {
  /** Position of the other picture, before this one. */
  readonly other: number;
  /** How many times as far from the middle things lie in the other picture as in this one. */
  readonly scale: number;
  readonly residual: number;
}

/** What a search by hash and signature knows of each picture. */
export interface KnownPictures {
  readonly hasher: PerceptualHasher;
  readonly comparer: SignatureComparer;
  /** Standardised coefficients, movements and hashes of the whole pictures. */
  readonly plain: readonly Float64Array[];
  readonly movements: readonly Float64Array[];
  readonly hashes: Int32Array;
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

/** Finds pictures that are the middle of another, cut by some 7 to 19 % of each side, which landmarks find less surely. */
export class CropSearch {
  /** Of each margin: hashes of the middles, and their standardised coefficients. */
  private readonly middles: readonly { readonly hashes: Int32Array; readonly coefficients: readonly Float64Array[] }[];

  /** @param thumbnails `side * side` gray levels each */
  constructor(
    thumbnails: readonly Uint8Array[],
    side: number,
    private readonly pictures: KnownPictures,
  ) {
    this.middles = margins.map((margin) => {
      const hashes = new Int32Array(thumbnails.length * hashWords);
      const coefficients = thumbnails.map((thumbnail, i) => {
        const raw = unitLength(lowFrequencies(middleOf(thumbnail, side, margin), middleSide));
        pictures.hasher.hash(raw, hashes, i * hashWords);
        return pictures.comparer.standardise(raw);
      });
      return { hashes, coefficients };
    });
  }

  /** Candidates before `picture`, the likeliest first. */
  of(picture: number): readonly CropCandidate[] {
    const { plain, movements, hashes } = this.pictures;
    const found: CropCandidate[] = [];
    const at = picture * hashWords;
    for (const [m, middle] of this.middles.entries()) {
      const inner = 1 - 2 * margins[m]!;
      for (let other = 0; other < picture; other++) {
        const there = other * hashWords;
        if (hammingDistance(middle.hashes, at, hashes, there, largestBeginning) <= largestDistance) {
          const residual = SignatureComparer.residual(plain[other]!, movements[other]!, middle.coefficients[picture]!);
          if (residual <= largestResidual) found.push({ other, scale: 1 / inner, residual });
        }
        if (hammingDistance(hashes, at, middle.hashes, there, largestBeginning) <= largestDistance) {
          const residual = SignatureComparer.residual(
            plain[picture]!,
            movements[picture]!,
            middle.coefficients[other]!,
          );
          if (residual <= largestResidual) found.push({ other, scale: inner, residual });
        }
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
