import { codedError } from '@chromaray/contracts/errors';
import { MersenneTwister } from './mersenne-twister.js';

/** Shares of the records, each above 0 and below 1; at least one of the two. */
export interface TrainTestSizes {
  readonly train?: number;
  readonly test?: number;
}

/**
 * The positions that scikit-learn's `train_test_split(range(n), train_size, test_size, random_state=seed)`
 * returns, in its order: shuffled, neither stratified nor grouped. Sizes as its
 * `_validate_shuffle_split`: the test part is rounded up, the train part down, and one that is not given
 * is what the other leaves.
 *
 * @throws ChromarayError `CHROMARAY_SPLIT_TOO_FEW_RECORDS` when a part would be empty
 */
export function trainTestSplit(n: number, sizes: TrainTestSizes, seed: number): { train: number[]; test: number[] } {
  const given = { train: sizes.train, test: sizes.test };
  const testCount = given.test === undefined ? n - Math.floor(given.train! * n) : Math.ceil(given.test * n);
  const trainCount = given.train === undefined ? n - testCount : Math.floor(given.train * n);
  if (trainCount < 1 || testCount < 1 || trainCount + testCount > n) {
    throw codedError('CHROMARAY_SPLIT_TOO_FEW_RECORDS', {
      message: `${n} records cannot be split into ${trainCount} for training and ${testCount} held out.`,
      remedy: 'Add records, or change `split.steps`.',
      details: { n, trainCount, testCount },
    });
  }
  const order = new MersenneTwister(seed).permutation(n);
  return { test: order.slice(0, testCount), train: order.slice(testCount, testCount + trainCount) };
}
