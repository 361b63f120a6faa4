import type { ChromarayError } from '@chromaray/base';
import type { Dataset, Manifest } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import type { SharedPicture } from './near-copies.js';

/**
 * Refuses a data set that holds pictures the frozen models have learned from: records of the training part, and of
 * the validation part, which chose epochs and thresholds. Pictures are compared by file and by decoded pixels.
 *
 * @returns how many pictures are in the study's test part, which is allowed but should be known
 * @throws ChromarayError `CHROMARAY_EVALUATE_OVERLAP`
 */
export function refuseOverlap(other: Dataset, manifest: Manifest): number {
  const learned = new Map<string, string>();
  const tested = new Set<string>();
  for (const { id, part, sha256, pixelHash } of manifest.records) {
    for (const hash of [sha256, pixelHash]) {
      if (part === 'test') tested.add(hash);
      else learned.set(hash, id);
    }
  }
  const shared = other.records.flatMap(({ id, sha256, pixelHash }) => {
    const known = learned.get(sha256) ?? learned.get(pixelHash);
    return known === undefined ? [] : [{ record: id, known }];
  });
  if (shared.length > 0) throw overlap(other, shared);
  return other.records.filter(({ sha256, pixelHash }) => tested.has(sha256) || tested.has(pixelHash)).length;
}

/** The error for pictures the models have learned from. */
export function overlap(other: Dataset, shared: readonly SharedPicture[]): ChromarayError {
  const { record, known } = shared[0]!;
  return codedError('CHROMARAY_EVALUATE_OVERLAP', {
    message: `${shared.length} of ${other.records.length} pictures in ${other.root} were trained or validated on in this study; the first is ${record}, there ${known}.`,
    details: { shared },
  });
}
