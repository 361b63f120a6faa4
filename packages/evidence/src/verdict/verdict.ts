import { withinMargin } from '../equivalence/tost.js';
import { argumentError } from '../input/errors.js';
import { type Interval, requireOpenUnit } from '../interval.js';

/** The four words a comparison can end in. */
export type VerdictWord = 'helps' | 'harms' | 'no meaningful difference' | 'inconclusive';

export interface VerdictInput {
  /** Arm minus control; above 0 is better for the arm. */
  readonly difference: number;
  /** At the level that the correction asks for: `intervalLevel` of {@link CorrectedComparison}. */
  readonly interval: Interval;
  readonly pCorrected: number;
  /** Declared before training: smaller differences do not matter to anybody. */
  readonly margin: number;
  readonly alpha: number;
  /** At 80 % power, see `smallestDetectableDifference`. */
  readonly smallestDetectable: number;
}

export interface RuledVerdict {
  readonly verdict: VerdictWord;
  /** True where the interval leaves out 0. */
  readonly significant: boolean;
  /** True where the whole interval lies beyond the margin: the effect is large enough to matter. */
  readonly beyondMargin: boolean;
  /** Only where inconclusive: "the study could not have seen less than 0.012". */
  readonly limitation: string | null;
  /** What the interval shows, in words: a clause that begins in lower case and has no full stop. */
  readonly reason: string;
}

/**
 * Chooses the verdict by rule, in this order:
 *
 * 1. the interval lies inside (-margin, margin): "no meaningful difference", also where it leaves out 0,
 *    because a difference declared too small to matter is shown to be that small;
 * 2. corrected p <= alpha: "helps" or "harms" by the sign of the difference;
 * 3. otherwise "inconclusive".
 *
 * Interval and p must come from the same test with the level of `correctComparisons`, then they agree.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`; also where interval and p contradict each other
 */
export function ruleVerdict(input: VerdictInput): RuledVerdict {
  const { difference, interval, pCorrected, margin, alpha, smallestDetectable } = input;
  requireOpenUnit(alpha, 'alpha');
  if (!(pCorrected >= 0 && pCorrected <= 1)) throw argumentError('The corrected p value', pCorrected, 'from 0 to 1');
  if (!(interval.lower <= difference && difference <= interval.upper)) {
    throw argumentError('The difference', difference, `inside its interval [${interval.lower}, ${interval.upper}]`);
  }
  const significant = pCorrected <= alpha;
  // A hair of slack: at the very edge, p and the end of the interval come from two inversions.
  const slack = 1e-9 * (interval.upper - interval.lower);
  const leavesOutZero = interval.lower > -slack || interval.upper < slack;
  const containsZero = interval.lower < slack && interval.upper > -slack;
  if (interval.lower !== interval.upper && (significant ? !leavesOutZero : !containsZero)) {
    throw argumentError(
      'The corrected p value',
      pCorrected,
      `in agreement with its interval [${interval.lower}, ${interval.upper}] at alpha ${alpha}`,
    );
  }
  const beyondMargin = interval.lower > margin || interval.upper < -margin;
  if (withinMargin(interval, margin)) {
    return {
      verdict: 'no meaningful difference',
      significant,
      beyondMargin,
      limitation: null,
      reason: significant
        ? `a difference exists, but it is smaller than the margin of ${shown(margin)}`
        : `every difference of ${shown(margin)} or more is excluded`,
    };
  }
  if (significant) {
    const side = difference > 0 ? 'above' : 'below';
    const extent = beyondMargin ? 'beyond the margin of' : 'though perhaps by less than the margin of';
    return {
      verdict: difference > 0 ? 'helps' : 'harms',
      significant,
      beyondMargin,
      limitation: null,
      reason: `the difference is ${side} 0, ${extent} ${shown(margin)}`,
    };
  }
  return {
    verdict: 'inconclusive',
    significant,
    beyondMargin,
    limitation: `the study could not have seen less than ${shown(smallestDetectable)}`,
    reason: `both no difference and one beyond the margin of ${shown(margin)} agree with the data`,
  };
}

/** Two significant digits: 0.012, 0.0041, 0.1. */
function shown(value: number): string {
  return String(Number(value.toPrecision(2)));
}
