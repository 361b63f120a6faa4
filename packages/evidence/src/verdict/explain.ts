import { besideLimits, level, metric } from '@chromaray/base';
import type { Learning } from '../endpoint/learning.js';
import type { Interval } from '../interval.js';
import type { VerdictReason } from './verdict.js';

/** How the arms are called in a sentence. */
export interface ArmNames {
  readonly arm: string;
  readonly control: string;
  /** What learning was judged by, where it is not the AUROC of two classes: `macro AUROC`. */
  readonly measure?: string;
}

/**
 * A verdict's reason in words: what the interval shows, as a clause that begins in lower case (unless with an arm's
 * name) and has no full stop. The only place where these sentences are made.
 */
export function explainVerdict(reason: VerdictReason, names: ArmNames): string {
  switch (reason.kind) {
    case 'not learned': {
      const name = names[reason.who];
      const consequence =
        reason.who === 'control'
          ? `, so nothing can be concluded from a comparison with ${name}`
          : `, so its difference from ${names.control} says nothing about what was changed`;
      return `${explainLearning(reason.learning, name, names.measure)}${consequence}`;
    }
    case 'at chance elsewhere': {
      const { auroc, interval } = reason.learning;
      return `on these records the ${names.measure ?? 'AUROC'} of ${names[reason.who]}, ${found(auroc, interval)}, is not shown to be better than chance (0.5), so nothing can be concluded from the difference`;
    }
    case 'seeds vary':
      return explainLearning(reason.learning, names[reason.who], names.measure);
    case 'within margin':
      return reason.significant
        ? `there is a difference, but it is smaller than the margin of ${reason.margin}`
        : `the interval excludes every difference of ${reason.margin} or more`;
    case 'difference': {
      const extent = reason.beyondMargin
        ? `and every difference up to the margin of ${reason.margin}`
        : `but not differences smaller than the margin of ${reason.margin}`;
      return `the interval excludes 0 ${extent}`;
    }
    case 'undecided': {
      const { margin, smallestDetectable, power } = reason;
      return `the interval includes both 0 and differences of ${margin} (the margin) or more; ${detectable(smallestDetectable, power, margin)}`;
    }
  }
}

/** "minimum detectable difference at 80 % power: 0.012" */
export function detectable(difference: number, power: number, margin = 0): string {
  return `minimum detectable difference at ${Math.round(100 * power)} % power: ${besideLimits(difference, [margin], (value, digits) => String(Number(value.toPrecision(digits))), 2)}`;
}

/** Why an arm is not shown to have learned, as a clause with its name; of one that did, its AUROC. */
export function explainLearning(
  { notLearned, auroc, interval, perSeed }: Learning,
  name: string,
  measure = 'AUROC',
): string {
  const shown = found(auroc, interval);
  if (notLearned === null) return `${name} learned: ${measure} ${shown}`;
  const failed = perSeed.filter((seed) => seed.notLearned !== null).length;
  const some =
    perSeed.length > 1 && failed > 0
      ? `; of its ${perSeed.length} networks, ${failed === perSeed.length ? 'none' : perSeed.length - failed} ${perSeed.length - failed === 1 ? 'is' : 'are'} better than chance`
      : '';
  switch (notLearned) {
    case 'constant scores':
      return `${name} did not learn: every network gave all records the same score`;
    case 'chance':
      return `${name} is not shown to have learned: its ${measure} of ${shown} cannot be distinguished from chance (0.5)${some}`;
    case 'seeds vary':
      return `each network of ${name} is better than chance, but they vary so much that the interval of their mean ${measure}, ${shown}, includes chance (0.5): more seeds are needed`;
    case 'below chance':
      return `${name} did not learn the classes: its ${measure} of ${shown} is below chance (0.5)`;
  }
}

function found(auroc: number, interval: Interval): string {
  return `${metric(auroc)} (${level(interval.level)} interval ${metric(interval.lower)} to ${metric(interval.upper)})`;
}
