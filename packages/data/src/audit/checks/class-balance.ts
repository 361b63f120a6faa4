import { countParts, countRecords } from '../../split/counts.js';
import type { Check } from '../check.js';

const unbalanced = 0.4;
const veryUnbalanced = 0.1;

/** A class that is rare among what is learned from. Evidence: `{ positives, negatives, minorityShare }`. */
export const classBalance: Check = {
  id: 'class-balance',
  findings: ['class-imbalance'],
  run({ dataset, part }) {
    const train = countParts(dataset.records, part, dataset.several).train;
    const counted = train.records > 0 ? train : countRecords(dataset.records, dataset.several);
    const { positives, negatives, classes } = counted;
    const sizes = Object.entries(classes ?? { [dataset.positive]: positives, [dataset.negative]: negatives });
    const [rarer, fewest] = sizes.reduce((least, one) => (one[1] < least[1] ? one : least));
    const largest = Math.max(...sizes.map(([, size]) => size));
    const all = positives + negatives;
    const minorityShare = fewest / all;
    // Of several classes a fair share is smaller.
    if (minorityShare >= unbalanced * (2 / sizes.length)) return [];
    return [
      {
        id: 'class-imbalance',
        severity: minorityShare < veryUnbalanced * (2 / sizes.length) ? 'warns' : 'notes',
        title: `${rarer} makes up ${(100 * minorityShare).toFixed(1)} % of ${train.records > 0 ? 'the training part' : 'the records'}`,
        reason: `Always predicting the larger class reaches an accuracy of ${((100 * largest) / all).toFixed(1)} %, so accuracy says little.`,
        remedy: 'Balance the training part (`balance.method`) and read AUROC, sensitivity and specificity.',
        records: [],
        evidence: { positives, negatives, minorityShare, ...(classes && { classes }) },
      },
    ];
  },
};
