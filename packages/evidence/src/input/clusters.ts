import { lengthError } from './errors.js';

/** Names the patient of every record. Records of one patient are not independent of each other. */
export type Patients = ArrayLike<string | number>;

/** Patients as numbers 0..count-1, in ascending order of their ids, so that the order of records changes nothing. */
export interface Clusters {
  readonly ofRecord: Int32Array;
  readonly count: number;
}

/**
 * Numbers the patients of `records` records; without patients every record counts as its own.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_LENGTH`
 */
export function toClusters(patients: Patients | undefined, records: number): Clusters {
  const ofRecord = new Int32Array(records);
  if (patients === undefined) {
    for (let i = 0; i < records; i++) ofRecord[i] = i;
    return { ofRecord, count: records };
  }
  if (patients.length !== records) throw lengthError('patients', patients.length, 'records', records);
  const ids = new Set<string | number>();
  for (let i = 0; i < records; i++) ids.add(patients[i]!);
  const numbers = new Map([...ids].sort(ascendingIds).map((patient, number) => [patient, number]));
  for (let i = 0; i < records; i++) ofRecord[i] = numbers.get(patients[i]!)!;
  return { ofRecord, count: numbers.size };
}

/** Numbers before strings. */
function ascendingIds(a: string | number, b: string | number): number {
  if (typeof a === typeof b) return a < b ? -1 : 1;
  return typeof a === 'number' ? -1 : 1;
}
