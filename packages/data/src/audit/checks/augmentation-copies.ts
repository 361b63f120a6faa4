import type { DatasetRecord } from '@chromaray/contracts';
import { type AuditContext, type Check, count, groupBy, recordEvidence, sortedIds } from '../check.js';
import { nearDuplicateGroups } from '../near-duplicates/groups.js';

/** So many records of one exposure are made by a program, not by an accident of filing. */
const fewestCopies = 5;

/**
 * Records made from others, posing as so many X-rays: many of one exposure, alike to the pixel or altered.
 * Evidence: `[{ copies, records: RecordEvidence[] }]`, the most copied first.
 */
export const augmentationCopies: Check = {
  id: 'augmentation-copies',
  findings: ['copies-as-augmentation'],
  run(context) {
    const { records } = context.dataset;
    const sources = exposures(context).filter(({ length }) => length >= fewestCopies);
    if (sources.length === 0) return [];
    const copies = sources.reduce((sum, group) => sum + group.length, 0);
    return [
      {
        id: 'copies-as-augmentation',
        severity: 'warns',
        title: `${copies} records are copies of only ${count(sources.length, 'X-ray')}`,
        reason: `The data set counts ${records.length} records but holds only ${records.length - copies + sources.length} exposures: augmented copies are counted as data in every result.`,
        remedy: 'Remove the copies and let the study augment the training part (`balance.method: augment`).',
        records: sortedIds(sources.flat()),
        evidence: sources
          .toSorted((a, b) => b.length - a.length)
          .map((group) => ({
            copies: group.length,
            records: group.map((record) => recordEvidence(record, context)),
          })),
      },
    ];
  },
};

/** Records that show one exposure, altered or not. */
function exposures({ dataset }: AuditContext): readonly (readonly DatasetRecord[])[] {
  const altered = nearDuplicateGroups(dataset).map(({ records }) => records);
  const taken = new Set(altered.flat());
  const others = dataset.records.filter((record) => !taken.has(record));
  return [...altered, ...groupBy(others, ({ pixelHash }) => pixelHash).values()];
}
