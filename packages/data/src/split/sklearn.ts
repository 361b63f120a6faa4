import type { Dataset, Part, SklearnSteps, Split } from '@chromaray/contracts';
import { finishSplit } from './counts.js';
import { trainTestSplit } from './train-test-split.js';

/**
 * Repeats two calls of scikit-learn's `train_test_split` on the records sorted by id: the first holds out
 * the validation part, the second divides the rest into train and test. For replication only: neither
 * patients nor duplicates are kept together, which the audit will say.
 */
export function splitLikeSklearn(dataset: Dataset, steps: SklearnSteps, seed: number): Split {
  const ids = dataset.records.map(({ id }) => id);
  const first = trainTestSplit(ids.length, { test: steps.validation }, seed);
  const second = trainTestSplit(first.train.length, { train: steps.train }, seed);
  const part = new Map<string, Part>();
  for (const position of first.test) part.set(ids[position]!, 'validation');
  for (const position of second.train) part.set(ids[first.train[position]!]!, 'train');
  for (const position of second.test) part.set(ids[first.train[position]!]!, 'test');
  const rest = 1 - steps.validation;
  const fractions = { validation: steps.validation, train: rest * steps.train, test: rest * (1 - steps.train) };
  return finishSplit(dataset, { method: 'sklearn', seed, part }, fractions);
}
