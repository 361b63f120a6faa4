import { ChromarayError } from '@chromaray/base';
import { type Dataset, type DatasetRecord, type Part, parts, type Split } from '@chromaray/contracts';
import { assignGroups } from './assign-groups.js';
import { withoutPatients } from './by-patient.js';
import { countRecords, finishSplit } from './counts.js';

/** A validation part below this share of the records that are not for testing is too small. */
export const smallestValidationShare = 0.05;
/** So is one with fewer patients of either class (records, where patients are unknown). */
export const smallestValidationPatients = 20;

/**
 * Keeps the parts that the data set comes with. The threshold and the best epoch are chosen on
 * validation, where 16 images make one image 6 points; so a validation part that is too small (see the
 * two limits above) is put back into train, and a new one is taken from there by patient. The test part
 * is never touched.
 *
 * @param fractions the new validation part gets `validation / (train + validation)` of what is not for testing
 * @throws ChromarayError `CHROMARAY_SPLIT_NOT_PROVIDED` when records have no part, or train or test lacks a class
 */
export function splitAsProvided(dataset: Dataset, fractions: Readonly<Record<Part, number>>, seed: number): Split {
  refuseIncomplete(dataset);
  const part = new Map(dataset.records.map(({ id, givenPart }) => [id, givenPart!]));
  const notes = dataset.patientRule === null ? [withoutPatients] : [];
  const learning = dataset.records.filter(({ givenPart }) => givenPart !== 'test');
  const validation = learning.filter(({ givenPart }) => givenPart === 'validation');
  const flaw = flawOfValidation(validation, learning.length);
  if (flaw !== null) {
    const share = fractions.validation / (fractions.train + fractions.validation);
    const shares = { train: 1 - share, validation: share };
    for (const [id, name] of assignGroups(learning, shares, seed)) part.set(id, name);
    const taken = learning.filter(({ id }) => part.get(id) === 'validation').length;
    notes.push(
      `The data set's own validation part ${flaw}. It was put back into train, and ${taken} records (${(100 * share).toFixed(1)} %) of other patients than those in train were taken as validation. The test part is as provided.`,
    );
  }
  return finishSplit(dataset, { method: 'provided', seed, part, notes }, null);
}

/** What makes a validation part too small, as the end of a sentence; null when it will do. */
function flawOfValidation(validation: readonly DatasetRecord[], learning: number): string | null {
  if (validation.length === 0) return 'is missing';
  if (validation.length < smallestValidationShare * learning) {
    return `has ${validation.length} of ${learning} records, less than ${100 * smallestValidationShare} %`;
  }
  const sides = [true, false].map((side) => countRecords(validation.filter(({ positive }) => positive === side)));
  const fewest = Math.min(...sides.map(({ patients, records }) => patients ?? records));
  if (fewest >= smallestValidationPatients) return null;
  return `has ${fewest} patients of one class, fewer than ${smallestValidationPatients}`;
}

function refuseIncomplete({ records, root }: Dataset): void {
  const homeless = records.filter(({ givenPart }) => givenPart === null);
  const lacking = parts.filter(
    (part) =>
      part !== 'validation' &&
      [true, false].some((side) => !records.some(({ givenPart, positive }) => givenPart === part && positive === side)),
  );
  if (homeless.length === 0 && lacking.length === 0) return;
  throw new ChromarayError({
    code: 'CHROMARAY_SPLIT_NOT_PROVIDED',
    message:
      homeless.length > 0
        ? `${homeless.length} of ${records.length} records of ${root} are in no part; the first is ${homeless[0]?.id}.`
        : `The part "${lacking.join('" and "')}" that ${root} comes with lacks a class.`,
    remedy: 'Complete the parts of the data set, or write `split: { method: patient }`.',
    details: { records: homeless.slice(0, 100).map(({ id }) => id), parts: lacking },
  });
}
