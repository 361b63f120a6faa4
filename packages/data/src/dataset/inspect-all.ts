import { availableParallelism } from 'node:os';
import { pictureStamp } from '@chromaray/imaging';
import type { PatientPseudonyms } from '../patients/salt.js';
import type { FileIndex } from './file-index.js';
import { type FileFacts, type InspectionFailure, inspectFile } from './inspect.js';
import type { ListedRecord } from './listing.js';

export interface InspectOptions {
  readonly index?: FileIndex | undefined;
  readonly maxPixels?: number | undefined;
  /** For the patient ids of DICOM files. */
  readonly pseudonyms: PatientPseudonyms;
  /** Files decoded at once. Default: one a core, at most 8, since each may be a full-size picture. */
  readonly concurrency?: number | undefined;
  readonly onProgress?: ((progress: DescribeProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface DescribeProgress {
  /** Files looked at so far. */
  readonly done: number;
  readonly total: number;
}

/**
 * Inspects files side by side, holding no more than a few pictures in memory: decoding runs on threads of
 * the image library. Results stand in the order of the records. When aborted, throws the signal's reason
 * and keeps what was learned in the index.
 */
export async function inspectAll(
  records: readonly ListedRecord[],
  options: InspectOptions,
): Promise<readonly (FileFacts | InspectionFailure)[]> {
  const results = new Array<FileFacts | InspectionFailure>(records.length);
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    while (next < records.length) {
      options.signal?.throwIfAborted();
      const position = next++;
      results[position] = await inspectOne(records[position]!, options);
      options.onProgress?.({ done: ++done, total: records.length });
    }
  };
  const workers = options.concurrency ?? Math.min(availableParallelism(), 8);
  try {
    await Promise.all(Array.from({ length: Math.max(1, workers) }, worker));
  } finally {
    options.index?.save();
  }
  return results;
}

async function inspectOne({ id, file }: ListedRecord, { index, maxPixels, pseudonyms }: InspectOptions) {
  if (index !== undefined) {
    const stamp = await pictureStamp(file).catch(() => undefined);
    const known = stamp && index.find(id, stamp.bytes, stamp.mtimeMs);
    const isCurrent = known?.dicom === undefined || known.dicom.saltId === pseudonyms.saltId;
    if (known !== undefined && isCurrent) return known;
  }
  const facts = await inspectFile(file, maxPixels, pseudonyms);
  if ('sha256' in facts) index?.add(id, facts);
  return facts;
}
