import type { Finding } from '@chromaray/contracts';
import { areLossesUnequal, describeLosses } from '../../dataset/losses.js';
import { type Check, count, sortedIds } from '../check.js';

/**
 * Classes that lost files unequally on the way to records, and faults of files that were read all the same. Evidence:
 * `[{ label, files, unreadable, ignored }]`, and `[{ record, kind, text }]`.
 */
export const losses: Check = {
  id: 'losses',
  findings: ['unequal-losses', 'file-faults'],
  run({ dataset }) {
    const { losses: lost = [], notes = [] } = dataset;
    const findings: Finding[] = [];
    if (areLossesUnequal(lost)) {
      findings.push({
        id: 'unequal-losses',
        severity: 'warns',
        title: `The classes lose files unequally: ${describeLosses(lost)}`,
        reason:
          'The files lost in one class may differ from those that were read, which makes the classes differ in more than the disease.',
        remedy: 'Convert the files to a format that is read, or find out why one class has more of them.',
        records: [],
        evidence: lost,
      });
    }
    if (notes.length > 0) {
      const kinds = [...new Set(notes.map(({ kind }) => kind))].sort();
      findings.push({
        id: 'file-faults',
        severity: 'notes',
        title: `${count(new Set(notes.map(({ id }) => id)).size, 'file')} that were read despite faults (${kinds.join(', ')})`,
        reason: `For example, ${notes[0]!.id} ${notes[0]!.text}.`,
        remedy: 'Look at some of these pictures; get the originals where they look wrong.',
        records: sortedIds(notes),
        evidence: notes.map(({ id, kind, text }) => ({ record: id, kind, text })),
      });
    }
    return findings;
  },
};
