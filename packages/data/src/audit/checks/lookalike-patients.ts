import type { DatasetRecord, Finding } from '@chromaray/contracts';
import { commonForm } from '../../patients/lookalike.js';
import { type AuditContext, type Check, count, groupBy, sortedIds } from '../check.js';

/**
 * Patients whose identifiers differ only in how they are written, such as `7`, `7.0` and `007`, or whose issuer is named
 * in one file and not in another: probably one patient, whom a split by patient then takes for two.
 * Evidence: `[{ identifiers, records: [{ record, label, part }] }]`, groups in several parts first. Identifiers
 * themselves are not repeated.
 */
export const lookalikePatients: Check = {
  id: 'lookalike-patients',
  findings: ['lookalike-patients'],
  run(context) {
    const named = context.dataset.records.filter(({ patient }) => patient !== null);
    const groups = [...groupBy(named, likeness).values()]
      .map((records) => ({ records, identifiers: new Set(records.map(({ patient }) => patient)).size }))
      .filter(({ identifiers }) => identifiers > 1);
    if (groups.length === 0) return [];
    const leaking = groups.filter(({ records }) => parts(records, context) > 1);
    const finding: Finding = {
      id: 'lookalike-patients',
      severity: leaking.length > 0 ? 'blocks' : 'warns',
      title:
        leaking.length > 0
          ? `${count(leaking.length, 'patient')} in more than one part under identifiers that look alike`
          : `${count(groups.length, 'patient')} under identifiers that look alike`,
      reason:
        leaking.length > 0
          ? 'The identifiers differ only in case, blanks, leading zeros, decimals, letters of another script or the issuer, so the same patient may be in both training and test.'
          : 'The identifiers differ only in case, blanks, leading zeros, decimals, letters of another script or the issuer; a split by patient would not keep them together.',
      remedy:
        'Write the identifier of each patient in one way or, if these are different patients, give them identifiers that differ by more than that.',
      records: sortedIds(groups.flatMap(({ records }) => records)),
      evidence: [...leaking, ...groups.filter((group) => !leaking.includes(group))].map(({ records, identifiers }) => ({
        identifiers,
        records: records.map((record) => ({ record: record.id, label: record.label, part: context.part(record) })),
      })),
    };
    return [finding];
  },
};

function likeness({ patient, patientLikeness }: DatasetRecord): string {
  return patientLikeness ?? commonForm(patient!);
}

function parts(records: readonly DatasetRecord[], context: AuditContext): number {
  return new Set(records.map(context.part).filter((part) => part !== null)).size;
}
