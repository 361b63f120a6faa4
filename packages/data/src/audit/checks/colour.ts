import type { DatasetRecord } from '@chromaray/contracts';
import { type Check, count, sortedIds } from '../check.js';
import { sidesOf } from '../sides.js';

/** A difference in the share of colour images between classes above this can serve as a shortcut. */
const largestGap = 0.1;

/**
 * Colour images among gray ones. Evidence: `{ positiveShare, negativeShare }`, the share of colour in each class; of several
 * classes, in the one that differs most from the rest (`class`) and in these.
 */
export const colour: Check = {
  id: 'colour',
  findings: ['colour-among-gray'],
  run({ dataset }) {
    const { records, several } = dataset;
    const coloured = records.filter((record) => record.colour);
    if (coloured.length === 0 || coloured.length === records.length) return [];
    const share = (of: readonly DatasetRecord[]) => of.filter((record) => record.colour).length / of.length;
    const [widest] = sidesOf(dataset)
      .map(({ name, has }) => {
        const [own, others] = [share(records.filter(has)), share(records.filter((record) => !has(record)))];
        return { name, own, others, gap: Math.abs(own - others) };
      })
      .sort((a, b) => b.gap - a.gap);
    const { name, own: positiveShare, others: negativeShare, gap } = widest!;
    const associated = gap > largestGap;
    const sides = several === undefined ? ['positives', 'negatives'] : [name, 'the other classes'];
    return [
      {
        id: 'colour-among-gray',
        severity: associated ? 'warns' : 'notes',
        title: `${count(coloured.length, 'colour image')} among gray ones`,
        reason: associated
          ? `Colour is associated with the label (${(100 * positiveShare).toFixed(1)} % of ${sides[0]}, ${(100 * negativeShare).toFixed(1)} % of ${sides[1]}), although radiographs have no colour.`
          : 'Radiographs have no colour: these were scanned, annotated or processed differently from the others.',
        remedy: 'Look at them. Every arm sees them converted to gray, which keeps their other differences.',
        records: sortedIds(coloured),
        evidence: { positiveShare, negativeShare, ...(several && { class: name }) },
      },
    ];
  },
};
