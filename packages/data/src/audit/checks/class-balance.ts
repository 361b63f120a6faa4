import { countParts } from '../../split/counts.js';
import type { Check } from '../check.js';

const unbalanced = 0.4;
const veryUnbalanced = 0.1;

/** A class that is rare among what is learned from. Evidence: `{ positives, negatives, minorityShare }`. */
export const classBalance: Check = {
  id: 'class-balance',
  findings: ['class-imbalance'],
  run({ dataset, part }) {
    const train = countParts(dataset.records, part).train;
    const { positives, negatives } = train.records > 0 ? train : countAll(dataset.records);
    const minorityShare = Math.min(positives, negatives) / (positives + negatives);
    if (minorityShare >= unbalanced) return [];
    const rarer = positives < negatives ? dataset.positive : dataset.negative;
    return [
      {
        id: 'class-imbalance',
        severity: minorityShare < veryUnbalanced ? 'warns' : 'notes',
        title: `${rarer} makes up ${(100 * minorityShare).toFixed(1)} % of ${train.records > 0 ? 'the training part' : 'the records'}`,
        reason: `Always predicting the larger class reaches an accuracy of ${(100 * (1 - minorityShare)).toFixed(1)} %, so accuracy says little.`,
        remedy: 'Balance the training part (`balance.method`) and read AUROC, sensitivity and specificity.',
        records: [],
        evidence: { positives, negatives, minorityShare },
      },
    ];
  },
};

function countAll(records: readonly { readonly positive: boolean }[]) {
  const positives = records.filter(({ positive }) => positive).length;
  return { positives, negatives: records.length - positives };
}
