import { Random } from '@chromaray/base';
import type { BootstrapOutcome, Comparison, Endpoint, Interval, SeedComparison } from '@chromaray/contracts';
import {
  bootstrapAurocDifference,
  compareAuroc,
  comparisonInterval,
  correctComparisons,
  mcNemar,
  type PairedScores,
  pairedDeLong,
  type RuledVerdict,
  ruleVerdict,
  smallestDetectableDifference,
} from '@chromaray/evidence';
import { type ArmName, asPair, decidedRight } from './arm-results.js';
import type { StudyScores, TrialScores } from './study-scores.js';

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
    const trials = pairTrials(arm.name, control.name, scores);
    return trials.length === 0 ? [] : [{ arm: arm.name, control: control.name, trials }];
  });
  if (pairs.length === 0) return { comparisons: [], smallestDetectable: null };

  const { labels, patients } = scores.test;
  const paired = pairs.map(({ trials }) => ({
    labels,
    patients,
    arm: trials.map(([arm]) => arm.test),
    control: trials.map(([, control]) => control.test),
  }));
  const tests = paired.map((scorings) => compareAuroc(scorings));
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
  const comparisons = pairs.map(({ arm, control, trials }, i): Comparison => {
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
      bootstrap: bootstrapOutcome(paired[i]!, arm, intervalLevel, endpoint.bootstrap),
      perSeed: trials.map(([armTrial, controlTrial]) =>
        compareSeed(armTrial, controlTrial, scores, 1 - endpoint.alpha),
      ),
    };
  });
  return { comparisons, smallestDetectable: Math.min(...detectable) };
}

/** Seeded by the arm's name, so that the same predictions give the same intervals whatever else is compared. */
function bootstrapOutcome(paired: PairedScores, arm: string, level: number, resamples: number): BootstrapOutcome {
  const random = new Random('endpoint').fork(arm);
  const { percentile, bca } = bootstrapAurocDifference(paired, { random, level, resamples });
  return { resamples, percentile: asPair(percentile), bca: asPair(bca) };
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
