import { describe, expect, it } from 'vitest';
import {
  areaUnder,
  confusionAt,
  falsePositiveRate,
  meanConfusion,
  meanRoc,
  rocOf,
  seedsOf,
  sensitivity,
  stepOf,
} from './threshold.js';

/** scikit-learn 1.9: y = [0,0,1,1,1,0], p = [0.1,0.4,0.35,0.8,0.4,0.7]; roc_auc_score 0.6111, confusion_matrix at p >= 0.4. */
const trial = {
  ...{ arm: 'gray', seed: 1, fold: 1, threshold: 0.4, called: { positives: 2, negatives: 2 } },
  positives: [350, 1, 400, 1, 800, 1],
  negatives: [100, 1, 400, 1, 700, 1],
};

describe('a threshold', () => {
  it('calls what scikit-learn calls', () => {
    const at = confusionAt(trial, stepOf(0.4, 1000));
    expect(at).toEqual({ truePositives: 2, falsePositives: 2, trueNegatives: 1, falseNegatives: 1 });
    expect([sensitivity(at), falsePositiveRate(at)]).toEqual([2 / 3, 2 / 3]);
    expect(confusionAt(trial, 0)).toMatchObject({ truePositives: 3, falsePositives: 3 });
    expect(confusionAt(trial, 1001)).toMatchObject({ truePositives: 0, falsePositives: 0 });
  });

  it.each([
    [0.4, 400],
    [0.4001, 401],
    [0, 0],
    [1, 1000],
    [0.29, 290],
  ])('of %s begins at step %s', (threshold, step) => expect(stepOf(threshold, 1000)).toBe(step));

  it('is averaged over seeds, each at its own', () => {
    const other = { ...trial, seed: 2, threshold: 0.75, called: { positives: 1, negatives: 0 } };
    expect(meanConfusion([trial, other], null)).toEqual({
      ...{ truePositives: 1.5, falsePositives: 1, trueNegatives: 2, falseNegatives: 1.5 },
    });
    expect(meanConfusion([trial, other], stepOf(0.75, 1000))).toMatchObject({ truePositives: 1, falsePositives: 0 });
    expect(meanConfusion([], null)).toBeNull();
  });

  it('of its own is exact, where other records share its step', () => {
    const near = { ...trial, threshold: 0.4004, called: { positives: 2, negatives: 1 } };
    expect(confusionAt(near, null)).toEqual({
      truePositives: 2,
      falsePositives: 1,
      trueNegatives: 2,
      falseNegatives: 1,
    });
  });

  it('counts the folds of a seed together, each at the threshold of its own network', () => {
    const fold = { ...trial, fold: 2, threshold: 0.75, called: { positives: 1, negatives: 0 } };
    const otherSeed = [trial, fold].map((one) => ({ ...one, seed: 2 }));
    const all = [trial, fold, ...otherSeed];
    expect(seedsOf(all)).toBe(2);
    expect(meanConfusion(all, null)).toEqual({
      ...{ truePositives: 3, falsePositives: 2, trueNegatives: 4, falseNegatives: 3 },
    });
  });
});

describe('a ROC curve', () => {
  it('has the corners and the area of scikit-learn', () => {
    expect(rocOf(trial)).toEqual([
      [0, 0],
      [0, 1 / 3],
      [1 / 3, 1 / 3],
      [2 / 3, 2 / 3],
      [2 / 3, 1],
      [1, 1],
    ]);
    expect(areaUnder(rocOf(trial))).toBeCloseTo(0.6111, 4);
  });

  it('is averaged at each false positive rate', () => {
    const perfect = [
      [0, 0],
      [0, 1],
      [1, 1],
    ] as const;
    const mean = meanRoc([rocOf(trial), perfect]);
    expect([mean[0], mean[1], mean.at(-1)]).toEqual([
      [0, 0],
      [0, expect.closeTo((1 / 3 + 1) / 2)],
      [1, 1],
    ]);
    expect(areaUnder(mean as (readonly [number, number])[])).toBeCloseTo((0.6111 + 1) / 2, 2);
  });
});
