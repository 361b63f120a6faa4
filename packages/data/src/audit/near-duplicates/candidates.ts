import { hammingDistance, hashWords, nearInBeginning, SignatureComparer } from '@chromaray/imaging';
import type { SignatureTables } from './signature-tables.js';

/** A pair of pictures that may be copies of each other. */
export interface Candidate {
  /** Position of the other picture, before this one. */
  readonly other: number;
  /** The other picture's mirror image was compared. */
  readonly mirrored: boolean;
  /** Bits in which the hashes differ. */
  readonly distance: number;
  /** See `SignatureComparer.residual`. */
  readonly residual: number;
}

/** All of 600 crops of 5 % lie within it, and 1 in 90 pairs of different X-rays (measured: docs/audit.md). */
const largestDistance = 64;
/** The same of the first 96 bits. */
const largestBeginning = 28;
/** 99 % of 10 % crops lie within it, and 1 in 2,000 pairs of different X-rays. */
const largestResidual = 0.15;
/** Up to here every pair is compared by signature: hashes are told by fifths of the pictures and need many. */
const fewPictures = 400;
/** Of fewer pictures nobody knows yet how they differ: then every pair is a candidate. */
const tooFewToTell = 30;
/** Candidates of one picture that are looked at further. */
const mostCandidates = 24;

/**
 * Finds for every picture those before it that may be copies of it, mirrored or not: first by perceptual hash,
 * which takes nanoseconds, then by signature, which takes half a microsecond and forgives small movements.
 */
export class CandidateSearch {
  /** Used anew for each picture. */
  private readonly near: Int32Array;

  constructor(private readonly tables: SignatureTables) {
    this.near = new Int32Array(tables.count);
  }

  /** Candidates before `picture`, the likeliest first. */
  of(picture: number): readonly Candidate[] {
    const { count, hashes, mirroredHashes } = this.tables;
    const at = picture * hashWords;
    const found: Candidate[] = [];
    const few = count <= fewPictures;
    const largest = count < tooFewToTell ? Number.POSITIVE_INFINITY : largestResidual;
    const beginning = few ? 96 : largestBeginning;
    const limit = few ? 252 : largestDistance;
    for (const mirrored of [false, true]) {
      const there = mirrored ? mirroredHashes : hashes;
      const near = nearInBeginning(hashes, at, there, picture, beginning, this.near);
      for (let k = 0; k < near; k++) {
        const other = this.near[k]!;
        const distance = hammingDistance(hashes, at, there, other * hashWords);
        if (distance > limit) continue;
        const residual = this.residual(picture, other, mirrored);
        if (residual <= largest) found.push({ other, mirrored, distance, residual });
      }
    }
    return found.sort((a, b) => a.residual - b.residual || a.other - b.other).slice(0, mostCandidates);
  }

  /** The less of what movements of either picture leave: a crop lacks the rim that a movement of it would need. */
  private residual(picture: number, other: number, isMirrored: boolean): number {
    const { plain, mirrored, movements } = this.tables;
    const seen = isMirrored ? mirrored : plain;
    const there = SignatureComparer.residual(plain, picture, movements, seen, other);
    const back = SignatureComparer.residual(plain, other, movements, seen, picture);
    return Math.min(there, back);
  }
}
