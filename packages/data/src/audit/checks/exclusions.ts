import { areLossesUnequal, describeLosses } from '../../dataset/losses.js';
import { type Check, count, sortedIds } from '../check.js';

/**
 * Records that the study's exclusion list leaves out. Grave where one class loses more than the other: who chooses
 * records can choose the result. Evidence: `[{ record, label, reason, time }]`.
 */
export const exclusions: Check = {
  id: 'exclusions',
  findings: ['excluded-records', 'unequal-exclusions'],
  run({ dataset: { leftOut = [], records, classes } }) {
    const excluded = leftOut.flatMap((one) => (one.excluded === undefined ? [] : [{ ...one, ...one.excluded }]));
    if (excluded.length === 0) return [];
    const losses = classes.map((label) => {
      const lost = excluded.filter((one) => one.label === label).length;
      const files = lost + records.filter((record) => record.label === label).length;
      return { label, files, unreadable: lost, ignored: 0 };
    });
    const unequal = areLossesUnequal(losses);
    return [
      {
        id: unequal ? 'unequal-exclusions' : 'excluded-records',
        severity: unequal ? 'warns' : 'notes',
        title: `${count(excluded.length, 'record')} excluded by name`,
        reason: unequal
          ? `The classes lose different shares (${describeLosses(losses)}): what is left may differ from what a clinic sees, and who chooses records can choose the result.`
          : `The exclusion list of the study names them, with a reason for each (${describeLosses(losses)}).`,
        remedy: unequal
          ? 'Exclude by a rule that does not depend on the class, and keep the list with the study.'
          : 'Keep the list with the study: the report counts records by reason.',
        records: sortedIds(excluded),
        evidence: excluded.map(({ id, label, reason, time }) => ({ record: id, label, reason, time })),
      },
    ];
  },
};
