import { type Affine, type Fingerprint, thumbnailSide, unpackLandmarks } from '@chromaray/imaging';
import { CandidateSearch } from './candidates.js';
import { type ComparablePicture, comparable, mirror, PictureComparer } from './compare-pictures.js';
import { CropSearch } from './crop-search.js';
import { LandmarkSearch } from './landmark-search.js';
import { Union } from './union.js';

/** Two pictures, by their position, that show the same exposure. */
export interface NearDuplicate {
  readonly first: number;
  readonly second: number;
  readonly mirrored: boolean;
  /** Bright and dark are exchanged. */
  readonly inverted: boolean;
  /** Bits in which the perceptual hashes differ, 0 to 252; null where landmarks led to the pair. */
  readonly distance: number | null;
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
 * The same where landmarks led to the pair and detail was taken within the overlap only. In the Kermany set two X-rays of
 * one child reach 0.873, of different children 0.840; of copies cut by 10 % of each side 99 % reach 0.9.
 */
export const leastCorrelationByLandmarks = 0.88;

/**
 * The same for pictures with a side shorter than a thumbnail's, such as MedMNIST's at 28 pixels: they lack the fine
 * detail that tells children apart. At 28 pixels different children of the Kermany set reach 0.902, and 99 % of
 * planted copies 0.911.
 */
export const leastCorrelationOfSmall = 0.91;

/**
 * The same where even borders were cut off one of them: what is left is framed alike in every picture, and so more alike.
 * Different patients of the demo's phantoms reach 0.890 so, above the limits for whole pictures.
 */
export const leastCorrelationOfFramed = 0.895;

/** What of a fingerprint the search looks at. */
export type ComparedPicture = Pick<Fingerprint, 'thumbnail' | 'content' | 'landmarks'>;

/**
 * Finds pictures that are copies of each other though their pixels differ: saved anew, rescaled, cut, framed, brighter
 * or darker, coloured by a map, inverted, turned or mirrored. Pairs already connected through others are not looked at
 * again, so that a thousand copies of one picture give 999 pairs.
 *
 * @param isSmall whether a picture, by its position, has a side shorter than a thumbnail's
 * @returns pairs in order of `second`; the same pictures in the same order give the same pairs
 */
export function findNearDuplicates(
  pictures: readonly ComparedPicture[],
  isSmall?: (position: number) => boolean,
  onProgress?: (done: number, total: number) => void,
): readonly NearDuplicate[] {
  const steps = nearDuplicateSteps(pictures, isSmall);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    onProgress?.(value, pictures.length);
  }
}

/**
 * The same search in steps, each of which yields how many pictures are compared, so that a caller can cancel it or let
 * other work run in between.
 */
export function* nearDuplicateSteps(
  pictures: readonly ComparedPicture[],
  isSmall: (position: number) => boolean = () => false,
): Generator<number, readonly NearDuplicate[], void> {
  if (pictures.length === 0) return [];
  const thumbnails = pictures.map(contentOf);
  const compared = thumbnails.map(comparable);
  yield 0;
  const hashes = new CandidateSearch(thumbnails);
  yield 0;
  const crops = new CropSearch(thumbnails, thumbnailSide, hashes);
  yield 0;
  const landmarks = new LandmarkSearch(pictures.map((picture) => unpackLandmarks(picture.landmarks)));
  const groups = new Union(pictures.length);
  const pairs: NearDuplicate[] = [];
  for (const second of pictures.keys()) {
    let comparer: PictureComparer | undefined;
    const look = (first: number, least: number, found: Omit<NearDuplicate, 'first' | 'second'>): void => {
      if (found.correlation < least) return;
      groups.join(second, first);
      pairs.push({ first, second, ...found });
    };
    for (const { other, mirrored, distance } of hashes.of(second)) {
      if (groups.together(second, other)) continue;
      comparer ??= new PictureComparer(compared[second]!);
      const moving = compared[other]!;
      const match = comparer.compare(mirrored ? mirrorImage(moving) : moving);
      const least = isSmall(second) || isSmall(other) ? leastCorrelationOfSmall : leastCorrelation;
      look(other, stricterIfFramed(pictures[second]!, pictures[other]!, least), {
        ...match,
        mirrored,
        inverted: false,
        distance,
      });
    }
    const started: readonly { readonly other: number; readonly map: Affine }[] = [
      ...crops.of(second).map(({ other, scale }) => ({ other, map: [scale, 0, 0, 0, scale, 0] as const })),
      ...landmarks.of(second),
    ];
    for (const { other, map: start } of started) {
      // Small pictures have too little detail for a limit measured on larger ones.
      if (groups.together(second, other) || isSmall(second) || isSmall(other)) continue;
      comparer ??= new PictureComparer(compared[second]!);
      const { correlation, map, inverted } = comparer.compareFrom(compared[other]!, start);
      const [a, b, c, d, e, f] = map;
      const mirrored = a * e - b * d < 0;
      const unmirrored: Affine = mirrored ? [-a, -b, -c, d, e, f] : map;
      const how = { correlation, map: unmirrored, mirrored, inverted, distance: null };
      look(other, stricterIfFramed(pictures[second]!, pictures[other]!, leastCorrelationByLandmarks), how);
    }
    yield second + 1;
  }
  return pairs;
}

function stricterIfFramed(a: ComparedPicture, b: ComparedPicture, least: number): number {
  return a.content?.framed || b.content?.framed ? Math.max(least, leastCorrelationOfFramed) : least;
}

function mirrorImage({ thumbnail, detail }: ComparablePicture): ComparablePicture {
  return { thumbnail: mirror(thumbnail, thumbnailSide), detail: mirror(detail, thumbnailSide) };
}

/** A picture's thumbnail, freed of colour maps and borders. */
function contentOf({ thumbnail, content }: ComparedPicture): Uint8Array {
  return content?.thumbnail ?? thumbnail;
}
