import type { Endpoint } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { armLearning, armResults, testConfusion, trialsOf } from './arm-results.js';
import { compareArms } from './compare-arms.js';
import { constructedPredictions } from './constructed-scores.test-support.js';
import { pooledFolds, testedCounts } from './fold-scores.js';
import { type StudyScores, studyScores } from './study-scores.js';

const seeds = [1, 2, 3];
const arms = [
  { name: 'gray', control: true },
  { name: 'turbo', control: false },
];
const endpoint: Endpoint = {
  ...{ metric: 'auroc', part: 'test', margin: 0.01, alpha: 0.05, correction: 'holm', bootstrap: 100 },
};

/** A fold with patients of its own; its networks' probabilities may be pushed up or down, ranks kept. */
function fold(number: number, gray: number, turbo: number, power = 1): StudyScores {
  const predictions = constructedPredictions(
    [
      { arm: 'gray', separation: gray + number / 50, chance: 0.1, seeds },
      { arm: 'turbo', separation: turbo - number / 70, chance: 0.1, seeds },
    ],
    60,
  ).map((one) => ({
    ...one,
    record: `${one.record} of fold ${number}`,
    patient: `${one.patient} of fold ${number}`,
    probability: one.probability ** power,
  }));
  return studyScores(predictions);
}
const folds = [fold(1, 1.2, 2.2), fold(2, 1.3, 2), fold(3, 1.1, 2.1)];

describe('folds put together', () => {
  const pooled = pooledFolds(folds);

  it('hold every record once, and give the mean of the folds in every endpoint', () => {
    expect(testedCounts(pooled)).toEqual({ records: 360, patients: 360, positives: 180, negatives: 180 });
    for (const kind of [{ metric: 'auroc' }, { metric: 'auprc' }, { metric: 'sensitivity', at: 0.8 }] as const) {
      const of = (scores: StudyScores) => compareArms(arms, scores, { ...endpoint, ...kind }).comparisons[0]!;
      const mean = folds.reduce((sum, one) => sum + of(one).difference, 0) / 3;
      expect(of(pooled).difference).toBeCloseTo(mean, 12);
      expect(of(pooled).interval[1] - of(pooled).interval[0]).toBeLessThan(
        of(folds[0]!).interval[1] - of(folds[0]!).interval[0],
      );
      expect(of(pooled).bootstrap.percentile![0]).toBeLessThan(mean);
      expect(of(pooled).perSeed).toHaveLength(3);
    }
  });

  it('never rank the records of one fold among those of another', () => {
    const pushed = pooledFolds([folds[0]!, fold(2, 1.3, 2, 5), folds[2]!]);
    const [plain, moved] = [pooled, pushed].map((scores) => compareArms(arms, scores, endpoint).comparisons[0]!);
    expect(moved!.difference).toBeCloseTo(plain!.difference, 12);
    expect(moved!.p).toBeCloseTo(plain!.p, 10);
    expect(armLearning(trialsOf('gray', pushed), pushed, 0.95, { metric: 'auroc' }).auroc).toBeCloseTo(
      armLearning(trialsOf('gray', pooled), pooled, 0.95, { metric: 'auroc' }).auroc,
      12,
    );
  });

  it('decide each record at the threshold of its own fold’s network', () => {
    const trial = pooled.trials[0]!;
    const sums = folds.map((one) => testConfusion(one.trials[0]!, one));
    const whole = testConfusion(trial, pooled);
    for (const cell of ['truePositives', 'falsePositives', 'trueNegatives', 'falseNegatives'] as const) {
      expect(whole[cell]).toBe(sums.reduce((sum, one) => sum + one[cell], 0));
    }
    const [gray] = armResults(arms, pooled, endpoint);
    expect(gray!.accuracy.perSeed[0]).toBeCloseTo((whole.truePositives + whole.trueNegatives) / 360, 12);
  });

  it('count trials alone that every fold has finished', () => {
    const partial = { ...folds[1]!, trials: folds[1]!.trials.filter(({ arm, seed }) => arm !== 'turbo' || seed !== 2) };
    const { trials } = pooledFolds([folds[0]!, partial, folds[2]!]);
    expect(trials.map(({ arm, seed }) => `${arm} ${seed}`)).toEqual([
      'gray 1',
      'gray 2',
      'gray 3',
      'turbo 1',
      'turbo 3',
    ]);
  });
});
