import type { Finding } from '@chromaray/contracts';
import { type Check, count } from '../check.js';

/** What the description of the data set passed over or put together. Evidence: the ids or class names. */
export const leftovers: Check = {
  id: 'leftovers',
  findings: ['files-ignored', 'classes-merged'],
  run({ dataset: { ignored, classes, positive, negative, several } }) {
    const findings: Finding[] = [];
    if (ignored.length > 0) {
      findings.push({
        id: 'files-ignored',
        severity: 'notes',
        title: `${count(ignored.length, 'file or folder', 'files or folders')} outside the layout`,
        reason: 'Only image files in class folders are records.',
        remedy: 'Move what belongs to the data set into a class folder.',
        records: [],
        evidence: ignored,
      });
    }
    if (classes.length > 2 && several === undefined) {
      findings.push({
        id: 'classes-merged',
        severity: 'notes',
        title: `${classes.length - 1} classes were combined as the negative class`,
        reason: `A study has two classes: ${positive} against ${negative}.`,
        remedy: 'Leave out the classes that should not count as negative (`dataset.leaveOut`).',
        records: [],
        evidence: classes,
      });
    }
    return findings;
  },
};
