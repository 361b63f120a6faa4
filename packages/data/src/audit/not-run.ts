import type { DatasetRecord, UncheckedPart } from '@chromaray/contracts';
import { thumbnailSide } from '@chromaray/imaging';
import { type AuditContext, count } from './check.js';
import { fewestPatients } from './shortcut/measure.js';
import { sidesOf } from './sides.js';

/** What the checks could not examine in this data set; shown as prominently as what they found. */
export function notRun(context: AuditContext): readonly UncheckedPart[] {
  const { records, patientRule } = context.dataset;
  const unchecked: UncheckedPart[] = [];
  const add = (check: string, reason: string): void => {
    unchecked.push({ check, reason });
  };
  if (patientRule === null) {
    add('patients', 'Patients are unknown, so it is not known whether a patient is in both training and test.');
    add('lookalike-patients', 'Patients are unknown, so their identifiers could not be compared.');
  }
  if (!records.some((record) => context.part(record) !== null)) {
    add(
      'duplicates',
      'The data set has no parts yet, so copies and patients in more than one part could not be looked for.',
    );
  }
  const unseen = records.filter(({ fingerprint }) => fingerprint === null).length;
  if (unseen > 0) add('near-duplicates', `${count(unseen, 'record')} without a picture could not be compared.`);
  const small = records.filter(({ width, height }) => Math.min(width, height) < thumbnailSide).length;
  if (small > 0) {
    add(
      'near-duplicates',
      `${count(small, 'picture')} with a side under ${thumbnailSide} pixels: copies that were rotated, inverted, or cropped by more than 5 % are not found among them.`,
    );
  }
  const patientsOf = (of: (record: DatasetRecord) => boolean): number =>
    new Set(records.filter(of).map(({ patient, id }) => patient ?? id)).size;
  const fewest = Math.min(
    ...sidesOf(context.dataset).flatMap(({ has }) => [patientsOf(has), patientsOf((record) => !has(record))]),
  );
  if (fewest < fewestPatients) {
    add(
      'label-shortcuts',
      `The smaller class has ${count(fewest, 'patient')}; at least ${fewestPatients} in each are needed to measure whether file, border or shading predict the label.`,
    );
  }
  return unchecked;
}
