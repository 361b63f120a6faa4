import type { Dataset, PartCounts, Split } from '@chromaray/contracts';

const none: PartCounts = { records: 0, patients: 0, positives: 0, negatives: 0 };

/** A data set and its split without the test part: what a search for hyperparameters is given, so that it cannot look. */
export function withoutTest(dataset: Dataset, split: Split): { readonly dataset: Dataset; readonly split: Split } {
  const records = dataset.records.filter(({ id }) => split.part.get(id) !== 'test');
  const part = new Map([...split.part].filter(([, where]) => where !== 'test'));
  return { dataset: { ...dataset, records }, split: { ...split, part, counts: { ...split.counts, test: none } } };
}
