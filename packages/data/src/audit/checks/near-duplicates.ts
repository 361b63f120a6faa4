import type { Finding } from '@chromaray/contracts';
import { type AuditContext, type Check, count, recordEvidence, sortedIds } from '../check.js';
import { type NearDuplicateGroup, nearDuplicateGroups } from '../near-duplicates/groups.js';

/** More copies under other names than this share of all records are no accident. */
const largestCopyShare = 0.05;

/**
 * Pictures that show one exposure though their pixels differ: saved anew, rescaled, cut, brighter, mirrored.
 * Evidence of each finding: `[{ correlation, distance, transform, records: RecordEvidence[] }]`, the least
 * alike first.
 */
export const nearDuplicates: Check = {
  id: 'near-duplicates',
  findings: [
    'near-duplicate-across-parts',
    'near-duplicate-two-labels',
    'near-duplicate-two-patients',
    'near-duplicate-pictures',
  ],
  run(context) {
    const { dataset, part, onProgress } = context;
    const groups = nearDuplicateGroups(dataset, (done, total) =>
      onProgress?.({ phase: 'comparing', unit: 'images', done, total }),
    );
    const findings: Finding[] = [];
    const add = (found: readonly NearDuplicateGroup[], finding: Omit<Finding, 'records' | 'evidence'>) => {
      if (found.length === 0) return;
      const records = sortedIds(found.flatMap((group) => group.records));
      findings.push({ ...finding, records, evidence: evidence(found, context) });
    };
    const severalPatients = groups.filter(({ records }) => different(records, ({ patient }) => patient) > 1);

    // Of one patient, the finding is that the patient is in several parts.
    const acrossParts = groups.filter(
      (group) => different(group.records, part) > 1 && (severalPatients.includes(group) || isUnknown(group)),
    );
    add(acrossParts, {
      id: 'near-duplicate-across-parts',
      severity: 'blocks',
      title: `${count(acrossParts.length, 'altered picture')} in more than one part`,
      reason: 'The network is tested on altered copies of exposures it was trained on, so the test measures memory.',
      remedy: 'Look at the pairs in audit.html and remove the copies, or give them one patient and split by patient.',
    });
    const twoLabels = groups.filter(({ records }) => different(records, ({ label }) => label) > 1);
    add(twoLabels, {
      id: 'near-duplicate-two-labels',
      severity: 'warns',
      title: `${count(twoLabels.length, 'altered picture')} with more than one label`,
      reason: 'They seem to show the same exposure, so one of the labels is wrong.',
      remedy: 'Look at the pairs in audit.html, find out the correct label and remove the other copy.',
    });
    add(severalPatients, {
      id: 'near-duplicate-two-patients',
      severity: 'notes',
      title: `${count(severalPatients.length, 'altered picture')} assigned to more than one patient`,
      reason: 'They may be one patient, which a split by patient does not take into account.',
      remedy: 'Look at the pairs in audit.html and correct the patient where it is wrong.',
    });
    const copies = countCopies(groups);
    // Intervals know that images of one patient are not independent; of copies under other names they do not.
    const hidden = countCopies(groups.filter((group) => severalPatients.includes(group) || isUnknown(group)));
    add(groups, {
      id: 'near-duplicate-pictures',
      severity: hidden > largestCopyShare * dataset.records.length ? 'warns' : 'notes',
      title: `${count(copies, 'altered copy', 'altered copies')} of ${count(groups.length, 'picture')}`,
      reason:
        'A copy carries no new evidence, though its pixels differ: it gives its picture more weight and makes intervals too narrow.',
      remedy: 'Look at the pairs in audit.html and remove the copies.',
    });
    return findings;
  },
};

function isUnknown({ records }: NearDuplicateGroup): boolean {
  return records.some(({ patient }) => patient === null);
}

/** Pictures beyond the first of each group. */
function countCopies(groups: readonly NearDuplicateGroup[]): number {
  return groups.reduce((sum, { records }) => sum + different(records, ({ pixelHash }) => pixelHash) - 1, 0);
}

/** Different values but null. */
function different<T>(items: readonly T[], value: (item: T) => string | null): number {
  return new Set(items.map(value).filter((found) => found !== null)).size;
}

function evidence(groups: readonly NearDuplicateGroup[], context: AuditContext) {
  return groups.map(({ correlation, distance, transform, records }) => ({
    correlation,
    ...(distance !== null && { distance }),
    transform,
    records: records.map((record) => recordEvidence(record, context)),
  }));
}
