import type { Learning } from '../endpoint/learning.js';
import { withinMargin } from '../equivalence/tost.js';
import { argumentError } from '../input/errors.js';
import { type Interval, requireOpenUnit } from '../interval.js';

/** What a comparison of an arm with its control can end in. */
export type VerdictWord =
  | 'helps'
  | 'harms'
  | 'no meaningful difference'
  | 'inconclusive'
  /** The arm is not shown to have learned; the control is. */
  | 'did not learn'
  /** The control is not shown to have learned: nothing can be compared with it. */
  | 'control did not learn';

/** The power at which a minimum detectable difference is meant. */
export const DETECTABLE_POWER = 0.8;

/** The facts from which a verdict is chosen. */
export interface VerdictInput {
  /** Arm minus control; above 0 is better for the arm, unless lower is better. */
  readonly difference: number;
  /** True for endpoints that measure errors, as the Brier score does. Default: false. */
  readonly lowerIsBetter?: boolean;
  /** At the level that the correction asks for: `intervalLevel` of {@link CorrectedComparison}. */
  readonly interval: Interval;
  readonly pCorrected: number;
  /** Declared before training: smaller differences do not matter to anybody. */
  readonly margin: number;
  readonly alpha: number;
  /** At {@link DETECTABLE_POWER}, see `smallestDetectableDifference`. */
  readonly smallestDetectable: number;
  /** Whether both arms learned, see `learning`; without it no verdict is possible. */
  readonly learning: { readonly arm: Learning; readonly control: Learning };
  /**
   * True where the records come from elsewhere than those trained on: networks at chance on them may well have learned
   * where they were trained, so that "did not learn" would be false.
   */
  readonly elsewhere?: boolean;
}

/** The facts a verdict rests on; `explainVerdict` puts them into words. */
export type VerdictReason =
  | { readonly kind: 'not learned'; readonly who: 'arm' | 'control'; readonly learning: Learning }
  /** On records from elsewhere the arm cannot be distinguished from chance. */
  | { readonly kind: 'at chance elsewhere'; readonly who: 'arm' | 'control'; readonly learning: Learning }
  /** Every network of the arm learned, but they vary so much that nothing can be concluded. */
  | { readonly kind: 'seeds vary'; readonly who: 'arm' | 'control'; readonly learning: Learning }
  /** The interval lies inside (-margin, margin). */
  | { readonly kind: 'within margin'; readonly margin: number; readonly significant: boolean }
  /** The interval excludes 0; `beyondMargin`: and every difference up to the margin. */
  | {
      readonly kind: 'difference';
      readonly side: 'above' | 'below';
      readonly beyondMargin: boolean;
      readonly margin: number;
    }
  /** The interval includes 0 and reaches the margin. */
  | {
      readonly kind: 'undecided';
      readonly margin: number;
      readonly smallestDetectable: number;
      readonly power: number;
    };

/** A verdict with the rule that chose it. */
export interface RuledVerdict {
  readonly verdict: VerdictWord;
  /** True where corrected p <= alpha, and the interval excludes 0. */
  readonly significant: boolean;
  readonly reason: VerdictReason;
}

/**
 * Chooses the verdict by rule, in this order:
 *
 * 1. the control is not shown to have learned: "control did not learn";
 * 2. the arm is not: "did not learn"; where in 1 or 2 each network learned but they vary too much, or
 *    the records are from elsewhere, "inconclusive";
 * 3. the interval lies inside (-margin, margin): "no meaningful difference", also where it excludes 0,
 *    because a difference declared too small to matter is shown to be that small;
 * 4. corrected p <= alpha: "helps" or "harms" by the sign of the difference and the direction that is better;
 * 5. otherwise "inconclusive".
 *
 * Interval and p must come from the same test with the level of `correctComparisons`, then they agree.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`; also where interval and p contradict each other
 */
export function ruleVerdict(input: VerdictInput): RuledVerdict {
  const { difference, interval, margin, alpha, smallestDetectable, learning } = input;
  requireAgreement(input);
  const significant = input.pCorrected <= alpha;
  for (const who of ['control', 'arm'] as const) {
    const { notLearned } = learning[who];
    if (notLearned === null) continue;
    if (notLearned === 'seeds vary') {
      return { verdict: 'inconclusive', significant, reason: { kind: notLearned, who, learning: learning[who] } };
    }
    if (input.elsewhere === true) {
      const reason = { kind: 'at chance elsewhere', who, learning: learning[who] } as const;
      return { verdict: 'inconclusive', significant, reason };
    }
    const verdict = who === 'control' ? 'control did not learn' : 'did not learn';
    return { verdict, significant, reason: { kind: 'not learned', who, learning: learning[who] } };
  }
  if (withinMargin(interval, margin)) {
    const reason = { kind: 'within margin', margin, significant } as const;
    return { verdict: 'no meaningful difference', significant, reason };
  }
  if (significant) {
    const beyondMargin = interval.lower > margin || interval.upper < -margin;
    const side = difference > 0 ? 'above' : 'below';
    const reason = { kind: 'difference', side, beyondMargin, margin } as const;
    const isBetter = difference > 0 !== (input.lowerIsBetter ?? false);
    return { verdict: isBetter ? 'helps' : 'harms', significant, reason };
  }
  const reason = { kind: 'undecided', margin, smallestDetectable, power: DETECTABLE_POWER } as const;
  return { verdict: 'inconclusive', significant, reason };
}

function requireAgreement({ difference, interval, pCorrected, alpha }: VerdictInput): void {
  requireOpenUnit(alpha, 'alpha');
  if (!(pCorrected >= 0 && pCorrected <= 1)) throw argumentError('The corrected p value', pCorrected, 'from 0 to 1');
  if (!(interval.lower <= difference && difference <= interval.upper)) {
    throw argumentError('The difference', difference, `inside its interval [${interval.lower}, ${interval.upper}]`);
  }
  // A hair of slack: at the very edge, p and the end of the interval come from two inversions.
  const slack = 1e-9 * (interval.upper - interval.lower);
  const agrees =
    pCorrected <= alpha
      ? interval.lower > -slack || interval.upper < slack
      : interval.lower < slack && interval.upper > -slack;
  if (agrees) return;
  throw argumentError(
    'The corrected p value',
    pCorrected,
    `in agreement with its interval [${interval.lower}, ${interval.upper}] at alpha ${alpha}`,
  );
}
