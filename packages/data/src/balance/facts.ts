import type { AugmentationRanges, BalanceFacts, Dataset, Split } from '@chromaray/contracts';
import type { BalancePlan } from './plan.js';

/** What is to be said about a balance plan for a data set and its split. */
export function balanceFacts(
  { method, entries, classWeights, augmentation }: Omit<BalancePlan, 'notes'>,
  { counts }: Pick<Split, 'counts'>,
  { positive, negative }: Pick<Dataset, 'positive' | 'negative'>,
): BalanceFacts {
  const { positives, negatives, classes } = counts.train;
  return {
    method,
    positive,
    negative,
    positives,
    negatives,
    images: entries.length,
    classWeights,
    ...(classes === undefined ? {} : { classes }),
    exactCopies: augmentation !== null && changesNothing(augmentation),
  };
}

function changesNothing(ranges: AugmentationRanges): boolean {
  const { rotation, widthShift, heightShift, shear, zoom, brightness, horizontalFlip } = ranges;
  const still = [rotation, widthShift, heightShift, shear].every((range) => range === 0);
  return still && !horizontalFlip && [...zoom, ...brightness].every((factor) => factor === 1);
}
