import type { FoldBehaviour } from '@chromaray/contracts';
import { auroc, brierScore } from '@chromaray/evidence';
import { testConfusion } from '../comparison/arm-results.js';
import { sameTrial } from '../comparison/fold-scores.js';
import type { StudyScores } from '../comparison/study-scores.js';

/** How every arm did on each fold by itself, seed by seed, its networks' thresholds chosen on the fold's validation part. */
export function foldBehaviour({ folds = [], trials }: StudyScores): readonly FoldBehaviour[] {
  return folds.map((fold, i) => {
    const { labels } = fold.test;
    const positives = labels.reduce((sum, label) => sum + label, 0);
    return {
      fold: i + 1,
      records: labels.length,
      positives,
      networks: trials.map((trial) => {
        const own = sameTrial(fold, trial);
        const { truePositives, trueNegatives } = testConfusion(own, fold);
        return {
          arm: trial.arm,
          seed: trial.seed,
          auroc: auroc(labels, own.test),
          sensitivity: truePositives / positives,
          specificity: trueNegatives / (labels.length - positives),
          brier: brierScore(labels, own.test),
        };
      }),
    };
  });
}
