import { type Affine, thumbnailSide } from '@chromaray/imaging';
import { CandidateSearch } from './candidates.js';
import { mirror, PictureComparer } from './compare-pictures.js';
import { Union } from './union.js';

/** Two pictures, by their position, that show the same exposure. */
export interface NearDuplicate {
  readonly first: number;
  readonly second: number;
  readonly mirrored: boolean;
  /** Bits in which the perceptual hashes differ, 0 to 252. */
  readonly distance: number;
  /** Of the detail of the pictures once laid on one another, up to 1. */
  readonly correlation: number;
  /** Where in the first picture (mirrored if `mirrored`) a point of the second lies. */
  readonly map: Affine;
}

/**
 * Copies agree above this. Of planted copies (5 % crops, rescaling, brightness, gamma, noise, turns) 99 % reach
 * 0.9; no two X-rays of different children in the Kermany set reach 0.85. docs/audit.md has the measurement.
 */
export const leastCorrelation = 0.87;

/**
 * The same for pictures with a side shorter than a thumbnail's, such as MedMNIST's at 28 pixels: they lack the fine
 * detail that tells children apart. At 28 pixels different children of the Kermany set reach 0.902, and 99 % of
 * planted copies 0.911.
 */
export const leastCorrelationOfSmall = 0.91;

/**
 * Finds pictures that are copies of each other though their pixels differ: saved anew, rescaled, cut by some
 * per cent, brighter or darker, turned by a few degrees, or mirrored. Pairs already connected through others
 * are not looked at again, so that a thousand copies of one picture give 999 pairs.
 *
 * @param thumbnails `Fingerprint.thumbnail` of every picture
 * @param isSmall whether a picture, by its position, has a side shorter than a thumbnail's
 * @returns pairs in order of `second`; the same pictures in the same order give the same pairs
 */
export function findNearDuplicates(
  thumbnails: readonly Uint8Array[],
  isSmall: (position: number) => boolean = () => false,
  onProgress?: (done: number, total: number) => void,
): readonly NearDuplicate[] {
  if (thumbnails.length === 0) return [];
  const search = new CandidateSearch(thumbnails);
  const groups = new Union(thumbnails.length);
  const pairs: NearDuplicate[] = [];
  thumbnails.forEach((thumbnail, second) => {
    let comparer: PictureComparer | undefined;
    for (const { other, mirrored, distance } of search.of(second)) {
      if (groups.together(second, other)) continue;
      comparer ??= new PictureComparer(thumbnail);
      const moving = mirrored ? mirror(thumbnails[other]!, thumbnailSide) : thumbnails[other]!;
      const { correlation, map } = comparer.compare(moving);
      const least = isSmall(second) || isSmall(other) ? leastCorrelationOfSmall : leastCorrelation;
      if (correlation < least) continue;
      groups.join(second, other);
      pairs.push({ first: other, second, mirrored, distance, correlation, map });
    }
    onProgress?.(second + 1, thumbnails.length);
  });
  return pairs;
}
