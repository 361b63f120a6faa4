import { type Check, count, sortedIds } from '../check.js';

/** Files in the place of an X-ray that cannot be decoded. Evidence: `[{ record, code, reason }]`. */
export const unreadable: Check = {
  id: 'unreadable',
  findings: ['unreadable-files'],
  run({ dataset }) {
    const files = dataset.unreadable;
    const all = files.length + dataset.records.length;
    if (files.length === 0) return [];
    return [
      {
        id: 'unreadable-files',
        severity: 'warns',
        title: `${files.length} of ${count(all, 'file')} cannot be read`,
        reason: 'They are left out, which biases the data set if they differ from the others.',
        remedy: 'Repair or remove them, or continue without them.',
        records: sortedIds(files),
        evidence: files.map(({ id, code, reason }) => ({ record: id, code, reason })),
      },
    ];
  },
};
