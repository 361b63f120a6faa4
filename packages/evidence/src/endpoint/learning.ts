import { type Interval, requireOpenUnit } from '../interval.js';
import { aurocWithInterval } from '../roc/delong.js';
import type { ArmScores } from '../seeds/auroc.js';
import { endpointOverSeeds } from './compare-endpoint.js';
import { type Strata, strataOf } from './strata.js';

const auroc = { metric: 'auroc' } as const;

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
 * `perSeed` says which networks are concerned. Of several strata, the folds of a cross-validation, the mean AUROC decides.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` as `aurocOverSeeds` does
 */
export function learning(arm: Strata<ArmScores>, level = 0.95): Learning {
  requireOpenUnit(level, 'The confidence level');
  const strata = strataOf(arm);
  const { mean, interval } = endpointOverSeeds(strata, auroc, level);
  const constant = strata[0]!.scores.map((_, s) => strata.every(({ scores }) => isConstant(scores[s]!)));
  const seeds = constant.map((isSame, s) => ({ ...ofSeed(strata, s, level), constant: isSame }));
  return judgeLearning({ auroc: mean, interval }, seeds);
}

/** An AUROC, or a mean of several, with its interval. */
type Ranked = Pick<Learning, 'auroc' | 'interval'>;

/**
 * The rule by which an arm is shown to have learned, from its mean over seeds and its networks.
 *
 * @param seeds each network's own; `constant`: it gives all records the same scores
 */
export function judgeLearning(mean: Ranked, seeds: readonly (Ranked & { readonly constant: boolean })[]): Learning {
  const perSeed = seeds.map(
    ({ constant, ...own }): SeedLearning => ({ ...own, notLearned: judge(own.interval, constant) }),
  );
  const isConstantThroughout = seeds.every(({ constant }) => constant);
  const whole = judge(mean.interval, isConstantThroughout);
  const eachLearned = perSeed.every((seed) => seed.notLearned === null);
  return { notLearned: whole !== null && eachLearned ? 'seeds vary' : whole, ...mean, perSeed };
}

/** One network's own AUROC; of folds, the mean over them. */
function ofSeed(strata: readonly ArmScores[], s: number, level: number): Pick<SeedLearning, 'auroc' | 'interval'> {
  const [first] = strata;
  if (strata.length > 1) {
    const alone = strata.map((one) => ({ ...one, scores: [one.scores[s]!] }));
    const { mean, interval } = endpointOverSeeds(alone, auroc, level);
    return { auroc: mean, interval };
  }
  const { labels, scores, patients } = first!;
  const own = aurocWithInterval(labels, scores[s]!, patients === undefined ? { level } : { level, patients });
  return { auroc: own.auroc, interval: own.interval };
}

function isConstant(scores: ArrayLike<number>): boolean {
  return Array.from(scores).every((score) => score === scores[0]);
}

function judge({ lower, upper }: Interval, constant: boolean): NotLearned | null {
  if (constant) return 'constant scores';
  if (lower > 0.5) return null;
  return upper < 0.5 ? 'below chance' : 'chance';
}
