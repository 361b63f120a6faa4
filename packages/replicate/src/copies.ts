import { sha256 } from '@chromaray/base';
import type { Dataset, DatasetRecord } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';

/**
 * A copy of a record, as an image generator with all ranges at 0 writes it: the same picture under another
 * name. No file is written; the copy is a record of its own that reads the same file.
 */
export function copyOf(record: DatasetRecord, name: number | string): DatasetRecord {
  return { ...record, id: `${record.id}#${name}` };
}

/** Raises records to `wanted` pictures: each stays, and has as many copies as any other, give or take one. */
export function raiseByCopies(records: readonly DatasetRecord[], wanted: number): readonly DatasetRecord[] {
  return Array.from({ length: wanted }, (_, i) => {
    const record = records[i % records.length]!;
    const round = Math.floor(i / records.length);
    return round === 0 ? record : copyOf(record, round);
  });
}

/** A data set of other records than the ones described, all else equal. */
export function datasetOf(described: Dataset, records: readonly DatasetRecord[]): Dataset {
  const sorted = [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...described, records: sorted, hash: sha256(JSON.stringify([described.hash, sorted.map(({ id }) => id)])) };
}

/**
 * Records of one class in one given part.
 *
 * @throws ChromarayError `CHROMARAY_REPLICATE_TOO_FEW` when there are fewer than `least`
 */
export function recordsOf(
  dataset: Dataset,
  part: 'train' | 'test',
  positive: boolean,
  least: number,
): readonly DatasetRecord[] {
  const found = dataset.records.filter((record) => record.givenPart === part && record.positive === positive);
  if (found.length >= least) return found;
  const label = positive ? dataset.positive : dataset.negative;
  throw codedError('CHROMARAY_REPLICATE_TOO_FEW', {
    message: `The ${part} part of ${dataset.root} has ${found.length} X-rays of ${label}; the replication needs at least ${least}.`,
    details: { part, label, found: found.length, least },
  });
}
