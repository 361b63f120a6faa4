import { counted } from '@chromaray/base';
import { type Dataset, type DatasetRecord, type Part, parts } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';

/** Patients of each class that a part must have: an interval on the test part needs two. */
const fewest: Readonly<Record<Part, number>> = { train: 1, validation: 1, test: 2 };

/**
 * Refuses a split of several classes in which a part has too few patients of one, before anything is trained: no AUROC of
 * that class, or no interval, could come of it. Two sides are judged by the audit.
 *
 * @param asked parts that are looked at
 * @throws ChromarayError `CHROMARAY_SPLIT_TOO_FEW_PATIENTS`
 */
export function refuseThinClasses(
  { several, records }: Pick<Dataset, 'several' | 'records'>,
  partOf: (id: string) => Part | undefined,
  asked: readonly Part[] = parts,
): void {
  for (const name of several ?? []) {
    const ofClass = records.filter(({ label }) => label === name);
    for (const part of asked) {
      const patients = patientsOf(ofClass.filter(({ id }) => partOf(id) === part));
      if (patients >= fewest[part]) continue;
      throw codedError('CHROMARAY_SPLIT_TOO_FEW_PATIENTS', {
        message: `The ${part} part holds ${counted(patients, 'patient')} of ${name}, of ${counted(patientsOf(ofClass), 'patient')} in all; ${part === 'test' ? 'an interval' : 'each part'} needs at least ${fewest[part]} of every class.`,
        details: { class: name, part, patients, needed: fewest[part] },
      });
    }
  }
}

/** Records without a patient count as patients of their own. */
function patientsOf(records: readonly DatasetRecord[]): number {
  return new Set(records.map(({ id, patient }) => patient ?? `record ${id}`)).size;
}
