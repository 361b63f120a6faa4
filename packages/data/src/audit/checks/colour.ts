import { type Check, count, sortedIds } from '../check.js';

/** A difference in the share of colour images between classes above this can serve as a shortcut. */
const largestGap = 0.1;

/** Colour images among gray ones. Evidence: `{ positiveShare, negativeShare }`, the share of colour in each class. */
export const colour: Check = {
  id: 'colour',
  findings: ['colour-among-gray'],
  run({ dataset: { records } }) {
    const coloured = records.filter((record) => record.colour);
    if (coloured.length === 0 || coloured.length === records.length) return [];
    const share = (side: boolean) => {
      const ofClass = records.filter(({ positive }) => positive === side);
      return ofClass.filter((record) => record.colour).length / ofClass.length;
    };
    const [positiveShare, negativeShare] = [share(true), share(false)];
    const associated = Math.abs(positiveShare - negativeShare) > largestGap;
    return [
      {
        id: 'colour-among-gray',
        severity: associated ? 'warns' : 'notes',
        title: `${count(coloured.length, 'colour image')} among gray ones`,
        reason: associated
          ? `Colour is associated with the label (${(100 * positiveShare).toFixed(1)} % of positives, ${(100 * negativeShare).toFixed(1)} % of negatives), although radiographs have no colour.`
          : 'Radiographs have no colour: these were scanned, annotated or processed differently from the others.',
        remedy: 'Look at them. Every arm sees them converted to gray, which keeps their other differences.',
        records: sortedIds(coloured),
        evidence: { positiveShare, negativeShare },
      },
    ];
  },
};
