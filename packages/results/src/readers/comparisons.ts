import { differenceInterval, signed } from '@chromaray/base';
import type { ReaderComparisonResult, ReaderVerdict } from '@chromaray/contracts';
import {
  comparisonInterval,
  comparisonPrecision,
  correctComparisons,
  DETECTABLE_POWER,
  explainVerdict,
  type Learning,
  type MrmcAnalysis,
  ruleVerdict,
  smallestDetectableDifference,
} from '@chromaray/evidence';
import { asPair } from '../comparison/metric-summary.js';
import { finiteOrNull } from './design-facts.js';
import { meritName } from './merit-name.js';
import type { ReaderQuestion } from './reader-question.js';

/** Every arm against the control, corrected for their number and judged by `ruleVerdict`. */
export function readerComparisons(
  { comparisons }: MrmcAnalysis,
  readers: readonly string[],
  aboveChance: ReadonlyMap<string, Learning>,
  { alpha, correction, margin, method }: ReaderQuestion,
): readonly ReaderComparisonResult[] {
  const corrected = correctComparisons(
    comparisons.map(({ p }) => p),
    correction,
    alpha,
  );
  const firstStep = alpha / (correction === 'none' ? 1 : comparisons.length);
  return comparisons.map((comparison, i): ReaderComparisonResult => {
    const { arm, control, difference, p, perReader, standardError, degreesOfFreedom } = comparison;
    const { pCorrected, intervalLevel } = corrected[i]!;
    const interval = comparisonInterval(comparison, intervalLevel);
    const smallestDetectable = smallestDetectableDifference(
      comparisonPrecision(comparison),
      firstStep,
      DETECTABLE_POWER,
    );
    const { verdict, reason } = ruleVerdict({
      difference,
      interval,
      pCorrected,
      margin,
      alpha,
      smallestDetectable,
      learning: { arm: aboveChance.get(arm)!, control: aboveChance.get(control)! },
      // Nobody was trained here: readers at chance on these cases show nothing, which is not "did not learn".
      elsewhere: true,
    });
    const size = `${signed(difference)} in ${meritName(method.merit.of)} (interval ${differenceInterval(asPair(interval), margin)})`;
    return {
      arm,
      control,
      difference,
      interval: asPair(interval),
      intervalLevel,
      standardError,
      degreesOfFreedom: finiteOrNull(degreesOfFreedom),
      p,
      pCorrected,
      perReader: readers.map((reader, j) => ({ reader, difference: perReader[j]! })),
      smallestDetectable,
      verdict: verdict as ReaderVerdict,
      reason: 'learning' in reason ? { kind: reason.kind, who: reason.who } : reason,
      statement: `${arm} against ${control}: ${verdict}, ${size}; ${explainVerdict(reason, { arm, control })}.`,
    };
  });
}
