import {
  type ComparedPicture,
  type NearDuplicate,
  PictureSearch,
  type SearchTables,
  searchTables,
} from './picture-search.js';
import { Union } from './union.js';

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
  return yield* searchSteps(yield* searchTables(pictures, isSmall));
}

/**
 * Compares each picture with those before it, in this thread; yields how many are compared, so that a caller can cancel the search
 * or let other work run in between.
 */
export function* searchSteps(tables: SearchTables): Generator<number, readonly NearDuplicate[], void> {
  const search = new PictureSearch(tables);
  const known = new Union(tables.count);
  const pairs: NearDuplicate[] = [];
  for (let second = 0; second < tables.count; second++) {
    pairs.push(...search.pairsOf(second, known));
    yield second + 1;
  }
  return pairs;
}
