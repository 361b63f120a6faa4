import { Random } from '@chromaray/base';
import {
  type AugmentationRanges,
  type BalanceSection,
  balanceNotes,
  type Dataset,
  type DatasetRecord,
  type Split,
} from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { balanceFacts } from './facts.js';

/** One picture of an epoch. */
export interface TrainingEntry {
  /** Record id, of the training part. */
  readonly record: string;
  /** 0 is the picture as it is; k > 0 its k-th copy, varied by an augmentation of its own. */
  readonly copy: number;
}

/** What the network trains on in every epoch, and how much each class weighs. */
export interface BalancePlan {
  readonly method: BalanceSection['method'];
  /** Sorted by record, then copy; training shuffles them anew in every epoch. */
  readonly entries: readonly TrainingEntry[];
  /** Factors on the loss; 1 and 1 unless the method is `weights`. */
  readonly classWeights: { readonly positive: number; readonly negative: number };
  /** Factors on the loss of several classes, in their order; absent where there are two. */
  readonly severalWeights?: readonly number[];
  /** How copies are varied; null unless the method is `augment`. */
  readonly augmentation: AugmentationRanges | null;
  /** Sentences for the report. */
  readonly notes: readonly string[];
}

/**
 * Plans how the classes of the training part are balanced; no other part is looked at.
 *
 * `weights`: n / (k n_class) of k classes, as scikit-learn's `class_weight='balanced'`, so that all classes weigh the
 * same and the mean weight is 1. `augment`: each class is raised to `perClass` pictures (the larger class's
 * count by default) with copies that augmentation varies; every record gets as many as any other, give or
 * take one, and the seed decides who gets one more.
 *
 * @throws ChromarayError `CHROMARAY_BALANCE_PER_CLASS` when a class has more than `perClass` records:
 *   balancing adds pictures and never drops X-rays. `CHROMARAY_BALANCE_CLASS_MISSING` when the training
 *   part lacks a class.
 */
export function planBalance(dataset: Dataset, split: Split, section: BalanceSection, seed: number): BalancePlan {
  const train = dataset.records.filter(({ id }) => split.part.get(id) === 'train');
  const classes = classesOf(dataset, train);
  refuseMissing(classes);
  const { several } = dataset;
  const plain = {
    method: section.method,
    entries: train.map(({ id }) => ({ record: id, copy: 0 })),
    classWeights: { positive: 1, negative: 1 },
    ...(several && { severalWeights: several.map(() => 1) }),
    augmentation: null,
    notes: [],
  };
  switch (section.method) {
    case 'none':
      return plain;
    case 'weights': {
      const weights = classes.map(({ records }) => train.length / (classes.length * records.length));
      if (several !== undefined) return { ...plain, severalWeights: weights };
      return { ...plain, classWeights: { positive: weights[0]!, negative: weights[1]! } };
    }
    case 'augment': {
      const perClass = section.perClass ?? Math.max(...classes.map(({ records }) => records.length));
      refuseTooSmall(perClass, classes);
      const random = new Random(seed).fork('balance');
      const entries = classes
        .flatMap(({ records, key }) => oversample(records, perClass, random.fork(key)))
        .sort((a, b) => (a.record === b.record ? a.copy - b.copy : a.record < b.record ? -1 : 1));
      const augmentation = section.augmentation ?? null;
      const plan = { ...plain, entries, augmentation };
      return { ...plan, notes: balanceNotes(balanceFacts(plan, split, dataset)) };
    }
  }
}

/** A class of the training part. */
interface BalancedClass {
  readonly name: string;
  /** Names its stream of random numbers. */
  readonly key: string;
  readonly records: readonly DatasetRecord[];
}

function classesOf(dataset: Dataset, train: readonly DatasetRecord[]): readonly BalancedClass[] {
  const { several, positive, negative } = dataset;
  if (several !== undefined) {
    return several.map((name) => ({
      name,
      key: `class ${name}`,
      records: train.filter(({ label }) => label === name),
    }));
  }
  return [
    { name: positive, key: 'positive', records: train.filter((record) => record.positive) },
    { name: negative, key: 'negative', records: train.filter((record) => !record.positive) },
  ];
}

function oversample(records: readonly DatasetRecord[], wanted: number, random: Random): readonly TrainingEntry[] {
  const each = Math.floor(wanted / records.length);
  const oneMore = new Set(random.permutation(records.length).subarray(0, wanted % records.length));
  return records.flatMap(({ id }, index) =>
    Array.from({ length: each + (oneMore.has(index) ? 1 : 0) }, (_, copy) => ({ record: id, copy })),
  );
}

function refuseMissing(classes: readonly BalancedClass[]): void {
  const missing = classes.find(({ records }) => records.length === 0);
  if (missing === undefined) return;
  throw codedError('CHROMARAY_BALANCE_CLASS_MISSING', {
    message: `The training part holds no record of ${missing.name}.`,
  });
}

function refuseTooSmall(perClass: number, classes: readonly BalancedClass[]): void {
  const largest = classes.reduce((most, one) => (one.records.length > most.records.length ? one : most));
  const most = largest.records.length;
  if (perClass >= most) return;
  throw codedError('CHROMARAY_BALANCE_PER_CLASS', {
    message: `"balance.perClass" is ${perClass}, but the training part has ${most} records of ${largest.name}; balancing does not drop X-rays.`,
    remedy: `Write at least ${most}, or leave "perClass" out to raise the smaller class to the larger.`,
    details: { perClass, ...Object.fromEntries(classes.map(({ key, records }) => [`${key}s`, records.length])) },
  });
}
