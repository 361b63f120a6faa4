import { Random } from '@chromaray/base';
import type { Dataset, LabelsSection, Split } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';

/** A data set and its split as an arm is told them in training. */
export interface NoisyTraining {
  readonly dataset: Dataset;
  readonly split: Split;
}

/**
 * The data set as training sees it when labels are made wrong on purpose: in the training part, and nowhere else, a
 * share of each class's records is said to be of the other class.
 *
 * `round(share * records)` records of a class are turned, the first of an order that the seed gives: of two shares with
 * one seed, the larger turns the records of the smaller and more.
 *
 * @throws ChromarayError `CHROMARAY_LABELS_CLASS` for a class that the data set does not have
 */
export function noisyTraining(dataset: Dataset, split: Split, labels: LabelsSection | undefined): NoisyTraining {
  if (labels === undefined) return { dataset, split };
  const { positives, negatives } = turnedLabels(dataset, split, labels);
  const turned = new Set([...positives, ...negatives]);
  const records = dataset.records.map((record) =>
    turned.has(record.id) ? { ...record, positive: !record.positive } : record,
  );
  const by = negatives.length - positives.length;
  const { train } = split.counts;
  const told = { ...train, positives: train.positives + by, negatives: train.negatives - by };
  return { dataset: { ...dataset, records }, split: { ...split, counts: { ...split.counts, train: told } } };
}

/** Records of the training part whose label is turned, by the class that they are of. */
export function turnedLabels(
  dataset: Dataset,
  split: Pick<Split, 'part'>,
  labels: LabelsSection,
): { readonly positives: readonly string[]; readonly negatives: readonly string[] } {
  const { flip } = labels;
  const shares = typeof flip === 'number' ? { positive: flip, negative: flip } : sharesByClass(dataset, flip);
  return {
    positives: turnedOf(dataset, split, labels.seed, true, shares.positive),
    negatives: turnedOf(dataset, split, labels.seed, false, shares.negative),
  };
}

function turnedOf(
  { records }: Dataset,
  { part }: Pick<Split, 'part'>,
  seed: number,
  positive: boolean,
  share: number,
): readonly string[] {
  const ids = records.filter((one) => one.positive === positive && part.get(one.id) === 'train').map(({ id }) => id);
  const order = new Random(seed).fork(`labels/${positive ? 'positive' : 'negative'}`).permutation(ids.length);
  return [...order].slice(0, Math.round(share * ids.length)).map((i) => ids[i]!);
}

function sharesByClass({ positive, negative }: Dataset, flip: Readonly<Record<string, number>>) {
  const stranger = Object.keys(flip).find((name) => name !== positive && name !== negative);
  if (stranger !== undefined) throw unknownClass(stranger, [positive, negative]);
  return { positive: flip[positive] ?? 0, negative: flip[negative] ?? 0 };
}

function unknownClass(name: string, classes: readonly string[]) {
  return codedError('CHROMARAY_LABELS_CLASS', {
    message: `"labels.flip" names the class "${name}", which the data set does not have: its classes are ${classes.map((one) => `"${one}"`).join(' and ')}.`,
    details: { name, classes },
  });
}
