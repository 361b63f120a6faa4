import {
  compareAuroc,
  comparisonInterval,
  correctComparisons,
  mcNemar,
  pairedDeLong,
  type RuledVerdict,
  ruleVerdict,
  smallestDetectableDifference,
} from '@chromaray/evidence';
import { type ArmName, asPair } from './arm-results.js';
import type { StudyScores, TrialScores } from './study-scores.js';
import type { Comparison, Endpoint, Interval, SeedComparison } from './types.js';

/** The power at which "the study could not have seen less than X" is meant. */
const wantedPower = 0.8;

export interface ArmComparisons {
  readonly comparisons: readonly Comparison[];
  /** The smallest of the comparisons' smallest detectable differences; null without a comparison. */
  readonly smallestDetectable: number | null;
}

/**
 * Compares every arm with the control: paired by record and seed, clustered by patient, corrected for the
 * number of arms. Only seeds that both arms have finished count.
 */
export function compareArms(arms: readonly ArmName[], scores: StudyScores, endpoint: Endpoint): ArmComparisons {
  const control = arms.find((arm) => arm.control);
  const pairs = arms.flatMap((arm) => {
    if (control === undefined || arm.control) return [];
    const paired = pairTrials(arm.name, control.name, scores);
    return paired.length === 0 ? [] : [{ arm: arm.name, control: control.name, paired }];
  });
  if (pairs.length === 0) return { comparisons: [], smallestDetectable: null };

  const { labels, patients } = scores.test;
  const tests = pairs.map(({ paired }) =>
    compareAuroc({
      labels,
      patients,
      arm: paired.map(([arm]) => arm.test),
      control: paired.map(([, control]) => control.test),
    }),
  );
  const corrected = correctComparisons(
    tests.map(({ p }) => p),
    endpoint.correction,
    endpoint.alpha,
  );
  const detectable = tests.map((test) =>
    smallestDetectableDifference(
      test,
      endpoint.alpha / (endpoint.correction === 'none' ? 1 : tests.length),
      wantedPower,
    ),
  );
  const comparisons = pairs.map(({ arm, control, paired }, i): Comparison => {
    const test = tests[i]!;
    const { pCorrected, intervalLevel } = corrected[i]!;
    const interval = comparisonInterval(test, intervalLevel);
    const ruled = ruleVerdict({
      difference: test.difference,
      interval,
      pCorrected,
      margin: endpoint.margin,
      alpha: endpoint.alpha,
      smallestDetectable: detectable[i]!,
    });
    return {
      arm,
      control,
      difference: test.difference,
      interval: asPair(interval),
      intervalLevel,
      p: test.p,
      pCorrected,
      verdict: ruled.verdict,
      statement: comparisonStatement(arm, control, test.difference, asPair(interval), ruled),
      perSeed: paired.map(([armTrial, controlTrial]) =>
        compareSeed(armTrial, controlTrial, scores, 1 - endpoint.alpha),
      ),
    };
  });
  return { comparisons, smallestDetectable: Math.min(...detectable) };
}

function pairTrials(
  arm: string,
  control: string,
  scores: StudyScores,
): readonly (readonly [TrialScores, TrialScores])[] {
  return scores.trials.flatMap((trial) => {
    if (trial.arm !== arm) return [];
    const partner = scores.trials.find((other) => other.arm === control && other.seed === trial.seed);
    return partner === undefined ? [] : [[trial, partner] as const];
  });
}

function compareSeed(arm: TrialScores, control: TrialScores, scores: StudyScores, level: number): SeedComparison {
  const { labels, patients } = scores.test;
  const delong = pairedDeLong(labels, arm.test, control.test, { patients, level });
  const { onlyArmRight, onlyControlRight, p } = mcNemar(decidedRight(arm, labels), decidedRight(control, labels));
  return {
    seed: arm.seed,
    delong: { difference: delong.difference, interval: asPair(delong.interval), p: delong.p },
    mcnemar: { onlyArmRight, onlyControlRight, p },
  };
}

function decidedRight(trial: TrialScores, labels: Uint8Array): Uint8Array {
  return labels.map((label, i) => Number(trial.test[i]! >= trial.threshold === (label === 1)));
}

function comparisonStatement(
  arm: string,
  control: string,
  difference: number,
  interval: Interval,
  ruled: RuledVerdict,
): string {
  const size = `${signed(difference)} in AUROC (interval ${signed(interval[0])} to ${signed(interval[1])})`;
  const limitation = ruled.limitation === null ? '' : `; ${ruled.limitation}`;
  return `${arm} against ${control}: ${ruled.verdict}, ${size}; ${ruled.reason}${limitation}.`;
}

/** Three decimals with a sign; a true minus, so that columns line up. */
function signed(value: number): string {
  const text = Math.abs(value).toFixed(3);
  if (Number(text) === 0) return '0.000';
  return `${value < 0 ? '−' : '+'}${text}`;
}
