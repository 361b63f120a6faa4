import {
  hashWords,
  lowFrequencyCount,
  movementCount,
  PerceptualHasher,
  SignatureComparer,
  shading,
  signature,
  thumbnailSide,
} from '@chromaray/imaging';
import { sharedIntegers, sharedNumbers } from './shared-arrays.js';

/** What a search by hash and signature knows of all pictures, one after the other. */
export interface SignatureTables {
  readonly count: number;
  /** Standardised coefficients, and those of the mirror image. */
  readonly plain: Float32Array;
  readonly mirrored: Float32Array;
  /** See `SignatureComparer.movements`. */
  readonly movements: Float32Array;
  readonly hashes: Int32Array;
  readonly mirroredHashes: Int32Array;
}

/** How pictures of one set are hashed and standardised. */
export interface Measures {
  readonly hasher: PerceptualHasher;
  readonly comparer: SignatureComparer;
}

/** Fills the tables picture by picture; yields so that a caller can let other work run in between. */
export function* signatureTables(
  thumbnails: readonly Uint8Array[],
): Generator<number, { readonly tables: SignatureTables; readonly measures: Measures }, void> {
  const coefficients: Float64Array[] = [];
  for (const thumbnail of thumbnails) {
    coefficients.push(shading(thumbnail, thumbnailSide));
    yield 0;
  }
  const comparer = new SignatureComparer(coefficients);
  yield 0;
  const hasher = new PerceptualHasher(coefficients);
  yield 0;
  const count = thumbnails.length;
  const tables: SignatureTables = {
    count,
    plain: sharedNumbers(count * lowFrequencyCount),
    mirrored: sharedNumbers(count * lowFrequencyCount),
    movements: sharedNumbers(count * movementCount * lowFrequencyCount),
    hashes: sharedIntegers(count * hashWords),
    mirroredHashes: sharedIntegers(count * hashWords),
  };
  for (const [i, thumbnail] of thumbnails.entries()) {
    const picture = signature(thumbnail, thumbnailSide);
    tables.plain.set(comparer.standardise(picture.coefficients), i * lowFrequencyCount);
    tables.mirrored.set(comparer.standardise(picture.mirrored), i * lowFrequencyCount);
    tables.movements.set(comparer.movements(picture), i * movementCount * lowFrequencyCount);
    hasher.hash(picture.coefficients, tables.hashes, i * hashWords);
    hasher.hash(picture.mirrored, tables.mirroredHashes, i * hashWords);
    yield 0;
  }
  return { tables, measures: { hasher, comparer } };
}
