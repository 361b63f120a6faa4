import { type ChromarayError, count, counted, listed } from '@chromaray/base';
import type { Dataset, DatasetRecord, LeftOutOverlap, Manifest } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import type { SharedPicture } from './near-copies.js';

/** Pictures of another data set that are in the study, by file or by decoded pixels. */
export interface ExactOverlap {
  /** Those that the frozen models have learned from: training, and validation, which chose epochs and thresholds. */
  readonly learned: readonly SharedPicture[];
  /** How many are in the study's test part, which is allowed but should be known. */
  readonly tested: number;
}

export function exactOverlap(other: Dataset, manifest: Manifest): ExactOverlap {
  const learned = new Map<string, string>();
  const tested = new Set<string>();
  for (const { id, part, sha256, pixelHash } of manifest.records) {
    for (const hash of [sha256, pixelHash]) {
      if (part === 'test') tested.add(hash);
      else learned.set(hash, id);
    }
  }
  return {
    learned: other.records.flatMap(({ id, sha256, pixelHash }) => {
      const known = learned.get(sha256) ?? learned.get(pixelHash);
      return known === undefined ? [] : [{ record: id, known }];
    }),
    tested: other.records.filter(({ sha256, pixelHash }) => tested.has(sha256) || tested.has(pixelHash)).length,
  };
}

/**
 * The data set without what the models have learned from: the same pictures, altered copies of them, and, where
 * patients are known, every other picture of those patients.
 *
 * @param exact pictures that are the same
 * @param copies altered copies
 * @throws ChromarayError `CHROMARAY_EVALUATE_NOTHING_LEFT` where nothing of a class would be left
 */
export function withoutOverlap(
  other: Dataset,
  exact: readonly SharedPicture[],
  copies: readonly SharedPicture[],
): { readonly dataset: Dataset; readonly leftOut: readonly LeftOutOverlap[] } {
  const reasons = new Map<string, LeftOutOverlap>([
    ...copies.map((one) => [one.record, { ...one, why: 'altered-copy' }] as const),
    ...exact.map((one) => [one.record, { ...one, why: 'same-picture' }] as const),
  ]);
  const patients = new Map<string, string>();
  for (const { id, patient } of other.records) {
    const reason = reasons.get(id);
    if (patient !== null && reason !== undefined) patients.set(patient, reason.known);
  }
  const reasonFor = ({ id, patient }: DatasetRecord): LeftOutOverlap | undefined => {
    const known = patient === null ? undefined : patients.get(patient);
    return reasons.get(id) ?? (known === undefined ? undefined : { record: id, known, why: 'same-patient' });
  };
  const leftOut = other.records.flatMap((record) => reasonFor(record) ?? []);
  const records = other.records.filter((record) => reasonFor(record) === undefined);
  if (new Set(records.map(({ positive }) => positive)).size < 2) {
    throw codedError('CHROMARAY_EVALUATE_NOTHING_LEFT', {
      message: `Without the ${counted(leftOut.length, 'picture')} that the models have learned from, ${other.root} has no picture of one class.`,
      details: { leftOut },
    });
  }
  return { dataset: { ...other, records }, leftOut };
}

/** One sentence on what was left out, for the results and the report. */
export function leftOutNote(leftOut: readonly LeftOutOverlap[]): string {
  const of = (why: LeftOutOverlap['why']): number => leftOut.filter((one) => one.why === why).length;
  const [same, altered, patient] = [of('same-picture'), of('altered-copy'), of('same-patient')];
  const shown = [
    ...(same === 0 ? [] : [counted(same, 'identical picture')]),
    ...(altered === 0 ? [] : [counted(altered, 'altered copy', 'altered copies')]),
    ...(patient === 0 ? [] : [`${counted(patient, 'other picture')} of the same patients`]),
  ];
  return `${counted(leftOut.length, 'picture')} ${leftOut.length === 1 ? 'was' : 'were'} left out because the models have learned from ${leftOut.length === 1 ? 'it or its patient' : 'them or their patients'}: ${listed(shown)}.`;
}

/** The error for pictures the models have learned from; `details.shared` lists all of them. */
export function overlapError(other: Dataset, shared: readonly SharedPicture[]): ChromarayError {
  return codedError('CHROMARAY_EVALUATE_OVERLAP', {
    message: `${count(shared.length)} of ${counted(other.records.length, 'picture')} in ${other.root} ${shared.length === 1 ? 'was' : 'were'} trained or validated on in this study.`,
    details: { shared },
  });
}
