import type { Learning } from '../endpoint/learning.js';
import type { Interval } from '../interval.js';

/**
 * Whether readers read the cases better than by guessing, in the terms of `ruleVerdict`: the interval of an arm's AUC lies
 * above 0.5. Readers at chance in an arm show nothing about it, so "no meaningful difference" from them would be false.
 */
export function readersAboveChance(auc: number, interval: Interval): Learning {
  const notLearned = interval.lower > 0.5 ? null : interval.upper < 0.5 ? 'below chance' : 'chance';
  return { auroc: auc, interval, notLearned, perSeed: [] };
}
