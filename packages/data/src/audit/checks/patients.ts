import type { DatasetRecord, Finding } from '@chromaray/contracts';
import { kermany, kermanyNumber } from '../../patients/kermany.js';
import { type AuditContext, type Check, count, groupBy, recordEvidence, sortedIds } from '../check.js';

/**
 * Patients in more than one part, or unknown.
 * Evidence: `[{ patient, records: RecordEvidence[] }]`; null for `patients-unknown`.
 */
export const patients: Check = {
  id: 'patients',
  findings: ['patient-across-parts', 'patient-number-across-parts', 'patients-unknown'],
  run(context) {
    const { dataset } = context;
    if (dataset.patientRule === null) return [unknown];
    const findings: Finding[] = [];
    const across = acrossParts(context, ({ patient }) => patient);
    if (across.length > 0) {
      findings.push({
        id: 'patient-across-parts',
        severity: 'blocks',
        title: `${count(across.length, 'patient')} in more than one part`,
        reason: 'The network can recognise a patient it was trained on instead of the disease.',
        remedy: 'Split by patient (`split.method: patient`).',
        ...evidence(across, context),
      });
    }
    if (dataset.patientRule.name === kermany.name) {
      const numbers = acrossParts(context, (record) => byNumber(record)).filter(
        ([, group]) => new Set(group.map(({ patient }) => patient)).size > 1,
      );
      if (numbers.length > 0) {
        findings.push({
          id: 'patient-number-across-parts',
          severity: 'notes',
          title: `${count(numbers.length, 'patient number')} in more than one part, with different subtypes or series`,
          reason:
            'For this data set it is not known whether, for example, person1_bacteria and person1_virus are one child.',
          remedy: 'To be on the safe side, write `patient: kermany-number` and split by patient.',
          ...evidence(numbers, context),
        });
      }
    }
    return findings;
  },
};

const unknown: Finding = {
  id: 'patients-unknown',
  severity: 'warns',
  title: 'Patients are unknown',
  reason:
    'Images of one patient may be in several parts, which makes every result too good, and intervals that treat images as independent are too narrow.',
  remedy: 'Identify patients by a rule or a column (`dataset.patient`).',
  records: [],
  evidence: null,
};

function byNumber(record: DatasetRecord): string | null {
  return kermanyNumber.identify({ id: record.id, patientColumn: null })?.patient ?? null;
}

type PatientRecords = readonly [string, readonly DatasetRecord[]];

function acrossParts(context: AuditContext, key: (record: DatasetRecord) => string | null): readonly PatientRecords[] {
  const placed = context.dataset.records.filter((record) => context.part(record) !== null);
  return [...groupBy(placed, key)].filter(([, group]) => new Set(group.map(context.part)).size > 1);
}

function evidence(found: readonly PatientRecords[], context: AuditContext): Pick<Finding, 'records' | 'evidence'> {
  return {
    records: sortedIds(found.flatMap(([, group]) => group)),
    evidence: found.map(([patient, group]) => ({
      patient,
      records: group.map((record) => recordEvidence(record, context)),
    })),
  };
}
