import { setImmediate } from 'node:timers/promises';
import type { Dataset, DatasetRecord } from '@chromaray/contracts';
import { thumbnailSide } from '@chromaray/imaging';
import { groupBy } from '../check.js';
import { describePair } from './describe-transform.js';
import { findNearDuplicates, nearDuplicateSteps } from './find-near-duplicates.js';
import { landmarkTablesInThread } from './landmark-tables-in-thread.js';
import { type ComparedPicture, type NearDuplicate, type SearchTables, thumbnailTables } from './picture-search.js';
import { searchInThreads, threadsFor } from './search-in-threads.js';
import { Union } from './union.js';

/** Records that show one exposure in pictures that differ. */
export interface NearDuplicateGroup {
  /** Exact copies of the pictures included. */
  readonly records: readonly DatasetRecord[];
  /** Least of the group's pairs. */
  readonly correlation: number;
  /** Bits in which the perceptual hashes of that pair differ, of 252; null where landmarks led to it. */
  readonly distance: number | null;
  /** How one picture of that pair lies on the other, in words. */
  readonly transform: string;
}

const known = new WeakMap<Dataset, readonly NearDuplicateGroup[]>();

/**
 * Groups of near-duplicates, the least alike first. Records whose pixels are equal count as one picture.
 * Searched once a data set, whatever its splits.
 */
export function nearDuplicateGroups(
  dataset: Dataset,
  onProgress?: (done: number, total: number) => void,
): readonly NearDuplicateGroup[] {
  const before = known.get(dataset);
  if (before !== undefined) return before;
  const pictures = differentPictures(dataset);
  const pairs = findNearDuplicates(pictures.map(fingerprintOf), smallAmong(pictures), onProgress);
  return remember(dataset, pictures, pairs);
}

/**
 * As {@link nearDuplicateGroups}, in several threads where there are many pictures, and without blocking the process for long:
 * signals are handled during the search, and an audit of the same data set afterwards finds it done.
 *
 * @throws the reason of `signal` once it is aborted
 */
export async function searchNearDuplicates(
  dataset: Dataset,
  onProgress?: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<readonly NearDuplicateGroup[]> {
  const before = known.get(dataset);
  if (before !== undefined) return before;
  const pictures = differentPictures(dataset);
  const tell = (done: number): void => onProgress?.(done, pictures.length);
  const compared = pictures.map(fingerprintOf);
  const isSmall = smallAmong(pictures);
  const threads = threadsFor(pictures.length);
  const pairs =
    threads > 1
      ? await searchInThreads(await tablesInThreads(compared, isSmall, tell, signal), threads, tell, signal)
      : await inSteps(nearDuplicateSteps(compared, isSmall), tell, signal);
  return remember(dataset, pictures, pairs);
}

/** Landmarks are sorted in a thread while this one measures thumbnails. */
async function tablesInThreads(
  pictures: readonly ComparedPicture[],
  isSmall: (position: number) => boolean,
  onStep: (done: number) => void,
  signal?: AbortSignal,
): Promise<SearchTables> {
  const packed = pictures.map(({ landmarks }) => landmarks);
  const [landmarks, tables] = await Promise.all([
    landmarkTablesInThread(packed, signal),
    inSteps(thumbnailTables(pictures, isSmall), onStep, signal),
  ]);
  return { ...tables, landmarks };
}

/** Milliseconds of work between two chances for a signal or a timer to be handled. */
const longestBlock = 100;

async function inSteps<T>(
  steps: Generator<number, T, void>,
  onStep: (done: number) => void,
  signal?: AbortSignal,
): Promise<T> {
  let rested = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    const { done, value } = steps.next();
    if (done) return value;
    onStep(value);
    if (performance.now() - rested < longestBlock) continue;
    await setImmediate();
    rested = performance.now();
  }
}

type Pictures = readonly (readonly DatasetRecord[])[];

function differentPictures({ records }: Dataset): Pictures {
  const looked = records.filter(({ fingerprint }) => fingerprint !== null);
  return [...groupBy(looked, ({ pixelHash }) => pixelHash).values()];
}

const fingerprintOf = (records: readonly DatasetRecord[]) => records[0]!.fingerprint!;

const smallAmong = (pictures: Pictures) => (position: number) =>
  Math.min(pictures[position]![0]!.width, pictures[position]![0]!.height) < thumbnailSide;

function remember(
  dataset: Dataset,
  pictures: Pictures,
  pairs: readonly NearDuplicate[],
): readonly NearDuplicateGroup[] {
  const groups = toGroups(pictures, pairs);
  known.set(dataset, groups);
  return groups;
}

function toGroups(
  pictures: readonly (readonly DatasetRecord[])[],
  pairs: readonly NearDuplicate[],
): readonly NearDuplicateGroup[] {
  const contentOf = (position: number) => pictures[position]![0]!.fingerprint!.content;
  const union = new Union(pictures.length);
  for (const { first, second } of pairs) union.join(first, second);
  const byRoot = groupBy(pairs, ({ first }) => String(union.root(first)));
  const members = groupBy(
    pictures.map((records, position) => ({ records, root: String(union.root(position)) })),
    ({ root }) => root,
  );
  return [...byRoot]
    .map(([root, found]): NearDuplicateGroup => {
      const worst = found.reduce((least, pair) => (pair.correlation < least.correlation ? pair : least));
      return {
        records: members.get(root)!.flatMap(({ records }) => records),
        correlation: worst.correlation,
        distance: worst.distance,
        transform: describePair(worst, contentOf(worst.first), contentOf(worst.second)),
      };
    })
    .sort((a, b) => a.correlation - b.correlation);
}
