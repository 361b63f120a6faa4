import {
  type Dataset,
  type DatasetRecord,
  type Part,
  parts,
  type Split,
  type SplitChoice,
  type ValidationFlaw,
} from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { assignGroups } from './assign-groups.js';
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
  const learning = dataset.records.filter(({ givenPart }) => givenPart !== 'test');
  const validation = learning.filter(({ givenPart }) => givenPart === 'validation');
  const flaw = flawOfValidation(validation, learning.length, sidesOf(dataset));
  let choice: SplitChoice | undefined;
  if (flaw !== null) {
    const share = fractions.validation / (fractions.train + fractions.validation);
    const shares = { train: 1 - share, validation: share };
    for (const [id, name] of assignGroups(learning, shares, seed, 'parts', dataset.several)) part.set(id, name);
    const taken = learning.filter(({ id }) => part.get(id) === 'validation').length;
    choice = { kind: 'validation-remade', flaw, taken, share };
  }
  return finishSplit(dataset, { method: 'provided', seed, part, ...(choice && { choice }) }, null);
}

/** What makes a validation part too small; null when it will do. */
function flawOfValidation(
  validation: readonly DatasetRecord[],
  learning: number,
  sides: readonly Side[],
): ValidationFlaw | null {
  if (validation.length === 0) return { kind: 'missing' };
  if (validation.length < smallestValidationShare * learning) {
    return { kind: 'few-records', records: validation.length, of: learning, leastShare: smallestValidationShare };
  }
  const counts = sides.map((isOf) => countRecords(validation.filter(isOf)));
  const fewest = Math.min(...counts.map(({ patients, records }) => patients ?? records));
  if (fewest >= smallestValidationPatients) return null;
  return { kind: 'few-patients', patients: fewest, least: smallestValidationPatients };
}

/** True for a record of a class, or a side, that every part must have. */
type Side = (record: DatasetRecord) => boolean;

function sidesOf({ several }: Dataset): readonly Side[] {
  if (several !== undefined)
    return several.map(
      (name) =>
        ({ label }) =>
          label === name,
    );
  return [({ positive }) => positive, ({ positive }) => !positive];
}

function refuseIncomplete(dataset: Dataset): void {
  const { records, root } = dataset;
  const homeless = records.filter(({ givenPart }) => givenPart === null);
  const lacking = parts.filter(
    (part) =>
      part !== 'validation' &&
      sidesOf(dataset).some((isOf) => !records.some((record) => record.givenPart === part && isOf(record))),
  );
  if (homeless.length === 0 && lacking.length === 0) return;
  throw codedError('CHROMARAY_SPLIT_NOT_PROVIDED', {
    message:
      homeless.length > 0
        ? `${homeless.length} of ${records.length} records of ${root} are in no part; the first is ${homeless[0]?.id}.`
        : `The part "${lacking.join('" and "')}" that ${root} comes with lacks a class.`,
    details: { records: homeless.slice(0, 100).map(({ id }) => id), parts: lacking },
  });
}
