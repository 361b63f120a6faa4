import type { Dataset, DatasetRecord } from '@chromaray/contracts';
import { type Affine, thumbnailSide } from '@chromaray/imaging';
import { groupBy } from '../check.js';
import { findNearDuplicates, type NearDuplicate } from './find-near-duplicates.js';
import { Union } from './union.js';

/** Records that show one exposure in pictures that differ. */
export interface NearDuplicateGroup {
  /** Exact copies of the pictures included. */
  readonly records: readonly DatasetRecord[];
  /** Least of the group's pairs. */
  readonly correlation: number;
  /** Bits in which the perceptual hashes of that pair differ, of 252. */
  readonly distance: number;
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
  const looked = dataset.records.filter(({ fingerprint }) => fingerprint !== null);
  const pictures = [...groupBy(looked, ({ pixelHash }) => pixelHash).values()];
  const pairs = findNearDuplicates(
    pictures.map(([first]) => first!.fingerprint!.thumbnail),
    (position) => Math.min(pictures[position]![0]!.width, pictures[position]![0]!.height) < thumbnailSide,
    onProgress,
  );
  const groups = toGroups(pictures, pairs);
  known.set(dataset, groups);
  return groups;
}

function toGroups(
  pictures: readonly (readonly DatasetRecord[])[],
  pairs: readonly NearDuplicate[],
): readonly NearDuplicateGroup[] {
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
        transform: describeTransform(worst.map, worst.mirrored),
      };
    })
    .sort((a, b) => a.correlation - b.correlation);
}

/** A map in words: `mirrored, 0.95 times as large, turned by 3.0°, moved by 4 %`; small changes are left out. */
export function describeTransform([a, b, c, d, e, f]: Affine, mirrored: boolean): string {
  const scale = Math.sqrt(Math.abs(a * e - b * d));
  const turn = (Math.atan2(d - b, a + e) * 180) / Math.PI;
  // Coordinates run from -1 to 1, so that a shift of 2 is a whole picture.
  const shift = Math.hypot(c, f) / 2;
  const words = [
    mirrored ? 'mirrored' : null,
    Math.abs(scale - 1) > 0.01 ? `${scale.toFixed(2)} times as large` : null,
    Math.abs(turn) > 0.5 ? `turned by ${turn.toFixed(1)}°` : null,
    shift > 0.005 ? `moved by ${(100 * shift).toFixed(1)} %` : null,
  ].filter((word) => word !== null);
  return words.length === 0 ? 'in the same place' : words.join(', ');
}
