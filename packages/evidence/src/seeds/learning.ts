import { type Interval, requireOpenUnit } from '../interval.js';
import { aurocWithInterval } from '../roc/delong.js';
import { type ArmScores, aurocOverSeeds } from './auroc.js';

/** Why an arm is not shown to have learned. */
export type NotLearned =
  /** Every network gave all records the same score. */
  | 'constant scores'
  /** The interval of the AUROC includes 0.5: the scores cannot be distinguished from guesses. */
  | 'chance'
  /** The whole interval lies below 0.5: the scores rank the classes the wrong way round. */
  | 'below chance'
  /**
   * Every network is better than chance by its own interval, yet the interval of their mean includes 0.5: they learned,
   * but are too few, and vary too much, to say so of networks with other seeds.
   */
  | 'seeds vary';

/** One network on its own: its interval is for new patients. */
export interface SeedLearning {
  readonly auroc: number;
  readonly interval: Interval;
  readonly notLearned: NotLearned | null;
}

/** Whether an arm is shown to have learned to rank the classes, with the numbers that decide it. */
export interface Learning {
  /** Null where the arm is shown to have learned. */
  readonly notLearned: NotLearned | null;
  /** Mean over seeds. */
  readonly auroc: number;
  /** Of the mean, for new patients and new seeds. */
  readonly interval: Interval;
  readonly perSeed: readonly SeedLearning[];
}

/**
 * Decides whether an arm is shown to have learned: only if the interval of its mean AUROC, over patients and seeds,
 * lies above 0.5 as a whole. Networks that each learned, but vary so much that this interval includes 0.5, are kept
 * apart from those that did not: they forbid a conclusion as well, for another reason. A difference from an arm that cannot be distinguished from guessing says nothing about
 * what was changed between the arms, so a verdict needs this of both.
 *
 * The rule asks for evidence of learning: few patients, or seeds of which one failed, may not show it either.
 * `perSeed` says which networks are concerned.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` as `aurocOverSeeds` does
 */
export function learning(arm: ArmScores, level = 0.95): Learning {
  requireOpenUnit(level, 'The confidence level');
  const { mean, interval } = aurocOverSeeds(arm, level);
  const constant = arm.scores.map((scores) => Array.from(scores).every((score) => score === scores[0]));
  const options = arm.patients === undefined ? { level } : { level, patients: arm.patients };
  const perSeed = arm.scores.map((scores, s): SeedLearning => {
    const own = aurocWithInterval(arm.labels, scores, options);
    return { auroc: own.auroc, interval: own.interval, notLearned: judge(own.interval, constant[s]!) };
  });
  const whole = judge(interval, constant.every(Boolean));
  const eachLearned = perSeed.every((seed) => seed.notLearned === null);
  return { notLearned: whole !== null && eachLearned ? 'seeds vary' : whole, auroc: mean, interval, perSeed };
}

function judge({ lower, upper }: Interval, constant: boolean): NotLearned | null {
  if (constant) return 'constant scores';
  if (lower > 0.5) return null;
  return upper < 0.5 ? 'below chance' : 'chance';
}
