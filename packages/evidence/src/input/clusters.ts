import { lengthError } from './errors.js';

/** Names the patient of every record. Records of one patient are not independent of each other. */
export type Patients = ArrayLike<string | number>;

/** Patients as numbers 0..count-1 in order of first appearance. */
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
  const numbers = new Map<string | number, number>();
  for (let i = 0; i < records; i++) {
    const patient = patients[i]!;
    let number = numbers.get(patient);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(patient, number);
    }
    ofRecord[i] = number;
  }
  return { ofRecord, count: numbers.size };
}
