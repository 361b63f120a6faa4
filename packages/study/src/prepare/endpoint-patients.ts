import { type Dataset, type Part, type Split, type StudyFile, twoClassMeasure } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { type ClassPatients, endpointShortage } from '@chromaray/evidence';
import { endpointShortageText } from '@chromaray/results';
import { partRecords } from './part-packs.js';

/**
 * Refuses an endpoint whose interval would not hold its level with the patients of this split.
 *
 * @throws ChromarayError `CHROMARAY_ENDPOINT_TOO_FEW`, naming the part, the class, what is there and what is needed
 */
export function requireEndpointPatients(
  study: Pick<StudyFile, 'endpoint' | 'split'>,
  dataset: Dataset,
  split: Split,
): void {
  const patients = { test: patientsIn('test', dataset, split), validation: patientsIn('validation', dataset, split) };
  const shortage = endpointShortage(twoClassMeasure(study.endpoint), patients);
  if (shortage === null) return;
  throw codedError('CHROMARAY_ENDPOINT_TOO_FEW', {
    message: endpointShortageText(study.endpoint, shortage, dataset),
    remedy: `${morePatients(study)}, take a specificity, sensitivity or range that is less extreme, or declare the endpoint \`auroc\`.`,
    details: { ...study.endpoint, ...shortage },
  });
}

function morePatients({ split: { folds, by } }: Pick<StudyFile, 'split'>): string {
  if (by === 'site') return 'Put small sites together in the manifest';
  return folds === undefined
    ? 'Give the part more patients (`split.fractions`)'
    : `Write fewer \`split.folds\` than ${folds}`;
}

/** Patients by class; a record without a patient counts as one. */
export function classPatients(
  records: readonly { readonly id: string; readonly patient: string | null; readonly positive: boolean }[],
): ClassPatients {
  const of = (wanted: boolean): number =>
    new Set(records.flatMap(({ id, patient, positive }) => (positive === wanted ? (patient ?? `record ${id}`) : [])))
      .size;
  return { positives: of(true), negatives: of(false) };
}

function patientsIn(part: Part, dataset: Dataset, split: Split): ClassPatients {
  return classPatients(partRecords(dataset, split, part));
}
