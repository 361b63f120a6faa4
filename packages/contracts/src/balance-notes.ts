import type { BalanceSection } from './study-file/study-file.js';

/** What is to be said about the balance of the training part's classes. */
export interface BalanceFacts {
  readonly method: BalanceSection['method'];
  readonly positive: string;
  readonly negative: string;
  /** X-rays of each class in the training part. */
  readonly positives: number;
  readonly negatives: number;
  /** Pictures of an epoch. */
  readonly images: number;
  /** Factors on the loss; 1 and 1 unless the method is `weights`. */
  readonly classWeights: { readonly positive: number; readonly negative: number };
  /** X-rays of each of several classes in the training part; absent in studies of two. */
  readonly classes?: Readonly<Record<string, number>>;
  /** The augmentation changes nothing: added pictures are copies. */
  readonly exactCopies: boolean;
}

/** What was made wrong on purpose in the labels of the training part. */
export function turnedText(
  { positives, negatives }: { readonly positives: number; readonly negatives: number },
  { positive, negative }: Pick<BalanceFacts, 'positive' | 'negative'>,
): string {
  return `The labels of ${positives} X-rays of ${positive} and ${negatives} of ${negative} in the training part are turned on purpose; those of validation and test are as they are.`;
}

/** Sentences about the balance for the report and the terminal; none where nothing is added. */
export function balanceNotes(facts: BalanceFacts): readonly string[] {
  const { method, positive, negative, positives, negatives, images, exactCopies, classes } = facts;
  if (method !== 'augment') return [];
  const counts = Object.entries(classes ?? { [positive]: positives, [negative]: negatives });
  const from = counts.map(([name, count], i) => (i === 0 ? `${count} X-rays of ${name}` : `${count} of ${name}`));
  const raised = `Each class of the training part is raised to ${images / counts.length} pictures from ${from.slice(0, -1).join(', ')} and ${from.at(-1)}; validation and test are left as they are.`;
  return exactCopies
    ? [raised, 'All ranges of the augmentation are 0, so the added pictures are exact copies and no new examples.']
    : [raised];
}
