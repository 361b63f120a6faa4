import type { DatasetRecord, Finding } from '@chromaray/contracts';
import { type AuditContext, type Check, count, groupBy, recordEvidence, sortedIds } from '../check.js';

/** More copies than this share of all records are no accident. */
const largestCopyShare = 0.05;

/**
 * The same picture more than once, by the hash of its decoded pixels; the same file is the commonest case.
 * Evidence of each finding: `[{ sameFile, records: RecordEvidence[] }]`.
 */
export const duplicates: Check = {
  id: 'duplicates',
  findings: ['duplicate-across-parts', 'duplicate-two-labels', 'duplicate-two-patients', 'duplicate-pictures'],
  run(context) {
    const { records } = context.dataset;
    const groups = [...groupBy(records, ({ pixelHash }) => pixelHash).values()].filter(({ length }) => length > 1);
    const differing = (key: (record: DatasetRecord) => string | null) =>
      groups.filter((group) => new Set(group.map(key).filter((value) => value !== null)).size > 1);
    const findings: Finding[] = [];
    const add = (found: readonly (readonly DatasetRecord[])[], finding: Omit<Finding, 'records' | 'evidence'>) => {
      if (found.length > 0)
        findings.push({ ...finding, records: sortedIds(found.flat()), evidence: evidence(found, context) });
    };

    const acrossParts = differing(context.part);
    add(acrossParts, {
      id: 'duplicate-across-parts',
      severity: 'blocks',
      title: `${count(acrossParts.length, 'picture')} in more than one part`,
      reason: 'The network is tested on pictures it was trained on, so the test measures memory.',
      remedy: 'Split by patient (`split.method: patient`), which keeps copies together, or remove the copies.',
    });
    const twoLabels = differing(({ label }) => label);
    add(twoLabels, {
      id: 'duplicate-two-labels',
      severity: 'blocks',
      title: `${count(twoLabels.length, 'picture')} with more than one label`,
      reason: 'One of the labels is wrong; only a reader of the X-ray can decide which.',
      remedy: 'Find out the correct label and remove the other copy.',
    });
    const twoPatients = differing(({ patient }) => patient);
    add(twoPatients, {
      id: 'duplicate-two-patients',
      severity: 'notes',
      title: `${count(twoPatients.length, 'picture')} assigned to more than one patient`,
      reason: 'They may be one patient; a split by patient keeps them together.',
      remedy: 'Correct the patient where it is wrong.',
    });
    const copies = groups.reduce((sum, group) => sum + group.length - 1, 0);
    add(groups, {
      id: 'duplicate-pictures',
      severity: copies > largestCopyShare * records.length ? 'warns' : 'notes',
      title: `${count(copies, 'exact copy', 'exact copies')} of ${count(groups.length, 'picture')}`,
      reason: 'A copy carries no new evidence: it gives its picture more weight and makes intervals too narrow.',
      remedy: 'Remove the copies, or report the number of different X-rays with the number of files.',
    });
    return findings;
  },
};

function evidence(groups: readonly (readonly DatasetRecord[])[], context: AuditContext) {
  return groups.map((group) => ({
    sameFile: new Set(group.map(({ sha256 }) => sha256)).size === 1,
    records: group.map((record) => recordEvidence(record, context)),
  }));
}
