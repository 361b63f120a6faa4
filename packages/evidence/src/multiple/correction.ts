import { argumentError, emptyError } from '../input/errors.js';
import { requireOpenUnit } from '../interval.js';

/** `holm` and `bonferroni` bound the chance of any false claim, `benjamini-hochberg` the share of false claims. */
export type Correction = 'holm' | 'bonferroni' | 'benjamini-hochberg' | 'none';

/** One comparison after correction for multiple testing. */
export interface CorrectedComparison {
  readonly p: number;
  /** Compare with alpha. */
  readonly pCorrected: number;
  readonly significant: boolean;
  /**
   * Confidence at which this comparison's interval must be shown so that it excludes 0 exactly when
   * `significant` holds.
   */
  readonly intervalLevel: number;
}

/**
 * Corrects the p values of several comparisons and gives each the level for its interval.
 *
 * Holm (1979) tests the i-th smallest of m p values at alpha / (m - i + 1) and stops at the first it
 * cannot reject. The interval of a comparison is shown at the level of the step that decided about it; all
 * after the first that is not rejected share that one's level. So p, interval and verdict agree by
 * construction. Only `bonferroni` intervals hold simultaneously in the strict sense; those of Holm each
 * have at least the nominal confidence, and shrink towards it as more comparisons are decided.
 * Benjamini & Hochberg (1995) tests the i-th at i alpha / m; with r rejections, intervals are shown at
 * 1 - r alpha / m, those of comparisons not rejected at the level of their own step.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_EMPTY`, `_ARGUMENT`
 */
export function correctComparisons(
  pValues: readonly number[],
  correction: Correction,
  alpha = 0.05,
): CorrectedComparison[] {
  requireOpenUnit(alpha, 'alpha');
  const corrected = adjustedP(pValues, correction);
  const significant = corrected.map((p) => p <= alpha);
  const levels = intervalLevels(pValues, significant, correction, alpha);
  return pValues.map((p, i) => ({
    p,
    pCorrected: corrected[i]!,
    significant: significant[i]!,
    intervalLevel: levels[i]!,
  }));
}

/**
 * p values adjusted for their number, in the order given: reject where the adjusted value is at most alpha.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_EMPTY`, `_ARGUMENT`
 */
export function adjustedP(pValues: readonly number[], correction: Correction): number[] {
  if (pValues.length === 0) throw emptyError('p values');
  for (const p of pValues) if (!(p >= 0 && p <= 1)) throw argumentError('A p value', p, 'from 0 to 1');
  const count = pValues.length;
  if (correction === 'none') return [...pValues];
  if (correction === 'bonferroni') return pValues.map((p) => Math.min(1, p * count));
  const order = ascending(pValues);
  const adjusted = new Array<number>(count);
  if (correction === 'holm') {
    let running = 0;
    order.forEach((index, step) => {
      running = Math.max(running, Math.min(1, pValues[index]! * (count - step)));
      adjusted[index] = running;
    });
    return adjusted;
  }
  let running = 1;
  for (let step = count - 1; step >= 0; step--) {
    running = Math.min(running, (pValues[order[step]!]! * count) / (step + 1));
    adjusted[order[step]!] = running;
  }
  return adjusted;
}

function intervalLevels(
  pValues: readonly number[],
  significant: readonly boolean[],
  correction: Correction,
  alpha: number,
): number[] {
  const count = pValues.length;
  if (correction === 'none') return pValues.map(() => 1 - alpha);
  if (correction === 'bonferroni') return pValues.map(() => 1 - alpha / count);
  const order = ascending(pValues);
  const rejected = significant.filter(Boolean).length;
  const levels = new Array<number>(count);
  order.forEach((index, step) => {
    const decidedAt = Math.min(step, rejected);
    const share = correction === 'holm' ? 1 / (count - decidedAt) : Math.max(rejected, step + 1) / count;
    levels[index] = 1 - alpha * share;
  });
  return levels;
}

function ascending(values: readonly number[]): number[] {
  return values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
}
