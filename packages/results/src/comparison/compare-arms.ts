import { differenceInterval, Random, signed } from '@chromaray/base';
import {
  type AchievedPrecision,
  type BootstrapOutcome,
  type Comparison,
  type Endpoint,
  type EndpointKind,
  endpointName,
  type IntervalEnds,
  isLowerBetter,
  type SeedComparison,
  twoClassMeasure,
  type VerdictReason,
} from '@chromaray/contracts';
import {
  type ArmNames,
  bootstrapAurocDifference,
  bootstrapEndpointDifference,
  compareClasses,
  compareEndpoint,
  comparisonInterval,
  comparisonPrecision,
  correctComparisons,
  DETECTABLE_POWER,
  explainVerdict,
  type VerdictReason as FullReason,
  mcNemar,
  type ObservedDesign,
  observedClassDesign,
  observedDesign,
  type PairedComparison,
  pairedDeLong,
  type RuledVerdict,
  ruleVerdict,
  smallestDetectableDifference,
  type TestPrecision,
} from '@chromaray/evidence';
import { type ArmName, armLearning, decidedRight, isAurocOfTwo, trialsOf } from './arm-results.js';
import { asPair } from './metric-summary.js';
import { type ArmPair, pairArms, pairedScores } from './pair-arms.js';
import { calledClasses, classMeasure, pairedClassScores, severalScores } from './several-classes.js';
import type { StudyScores, TrialScores } from './study-scores.js';

export interface ArmComparisons {
  readonly comparisons: readonly Comparison[];
  /** The smallest of the comparisons' smallest detectable differences; null without a comparison. */
  readonly smallestDetectable: number | null;
}

/**
 * Compares every arm with the control: paired by record and seed, clustered by patient, corrected for the
 * number of arms. Only seeds that both arms have finished count.
 *
 * @param elsewhere the scores are of a data set that nothing was trained on: an external evaluation
 */
export function compareArms(
  arms: readonly ArmName[],
  scores: StudyScores,
  endpoint: Endpoint,
  elsewhere = false,
): ArmComparisons {
  const pairs = pairArms(arms, scores);
  if (pairs.length === 0) return { comparisons: [], smallestDetectable: null };
  const tests = pairs.map(({ trials }) => compareTrials(trials, scores, endpoint));
  const corrected = correctComparisons(
    tests.map(({ p }) => p),
    endpoint.correction,
    endpoint.alpha,
  );
  const firstStep = endpoint.alpha / (endpoint.correction === 'none' ? 1 : tests.length);
  const precisions = tests.map(comparisonPrecision);
  const detectable = precisions.map((precision) =>
    smallestDetectableDifference(precision, firstStep, DETECTABLE_POWER),
  );
  const learned = (arm: string) => armLearning(trialsOf(arm, scores), scores, 1 - endpoint.alpha, endpoint);
  // Of several classes learning is judged by the endpoint, not by an AUROC of two sides.
  const judgedBy = severalScores(scores) === undefined ? {} : { measure: endpointName(endpoint) };
  const controlLearning = learned(pairs[0]!.control);
  const comparisons = pairs.map(({ arm, control, trials }, i): Comparison => {
    const test = tests[i]!;
    const { pCorrected, intervalLevel } = corrected[i]!;
    const interval = comparisonInterval(test, intervalLevel);
    const ruled = ruleVerdict({
      difference: test.difference,
      lowerIsBetter: isLowerBetter(endpoint),
      interval,
      pCorrected,
      margin: endpoint.margin,
      alpha: endpoint.alpha,
      smallestDetectable: detectable[i]!,
      learning: { arm: learned(arm), control: controlLearning },
      elsewhere,
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
      reason: asFact(ruled.reason),
      achieved: achieved(observedOf(trials, scores, endpoint), precisions[i]!, detectable[i]!),
      statement: comparisonStatement({ arm, control, ...judgedBy }, test.difference, asPair(interval), ruled, endpoint),
      bootstrap: bootstrapOutcome(trials, scores, arm, intervalLevel, endpoint),
      perSeed: trials.map(([armTrial, controlTrial], s) => ({
        ...compareSeed(armTrial, controlTrial, scores, endpoint),
        ...(isAurocOfTwo(endpoint, scores) ? {} : { difference: test.perSeed[s]! }),
      })),
    };
  });
  return { comparisons, smallestDetectable: Math.min(...detectable) };
}

/** The primary test of the endpoint: of one class against the other, or of several. */
export function compareTrials(
  trials: ArmPair['trials'],
  scores: StudyScores,
  endpoint: EndpointKind,
): PairedComparison {
  const several = severalScores(scores);
  if (several === undefined) return compareEndpoint(pairedScores(trials, scores), twoClassMeasure(endpoint));
  return compareClasses(pairedClassScores(several, trials), classMeasure(endpoint, several.names));
}

function observedOf(trials: ArmPair['trials'], scores: StudyScores, endpoint: EndpointKind): ObservedDesign {
  const several = severalScores(scores);
  if (several === undefined) return observedDesign(pairedScores(trials, scores));
  return observedClassDesign(pairedClassScores(several, trials), classMeasure(endpoint, several.names));
}

/** What each comparison of a study shows of the assumptions that a plan makes. */
export function observedDesigns(arms: readonly ArmName[], scores: StudyScores): readonly ObservedDesign[] {
  return pairArms(arms, scores).map(({ trials }) => observedDesign(pairedScores(trials, scores)));
}

/**
 * Seeded by the arm's name, so that the same predictions give the same intervals in any set of comparisons. Endpoints of
 * several classes are not resampled.
 */
function bootstrapOutcome(
  trials: ArmPair['trials'],
  scores: StudyScores,
  arm: string,
  level: number,
  endpoint: Endpoint,
): BootstrapOutcome {
  const { metric } = endpoint;
  const resamples = severalScores(scores) === undefined ? endpoint.bootstrap : 0;
  if (resamples === 0) return { resamples, percentile: null, bca: null };
  const random = new Random('endpoint').fork(arm);
  const options = { random, level, resamples };
  const paired = pairedScores(trials, scores);
  const { percentile, bca } =
    metric === 'auroc' && paired.length === 1
      ? bootstrapAurocDifference(paired[0]!, options)
      : bootstrapEndpointDifference(paired, twoClassMeasure(endpoint), options);
  return {
    resamples,
    percentile: percentile === null ? null : asPair(percentile),
    bca: bca === null ? null : asPair(bca),
  };
}

function achieved(
  { auroc, seedDeviation, correlationBetweenArms }: ObservedDesign,
  { standardError, degreesOfFreedom }: TestPrecision,
  smallestDetectable: number,
): AchievedPrecision {
  return { auroc, seedDeviation, correlationBetweenArms, standardError, degreesOfFreedom, smallestDetectable };
}

/** Without the numbers of learning, which are those of the arm. */
function asFact(reason: FullReason): VerdictReason {
  return 'learning' in reason ? { kind: reason.kind, who: reason.who } : reason;
}

function compareSeed(arm: TrialScores, control: TrialScores, scores: StudyScores, endpoint: Endpoint): SeedComparison {
  const { labels, patients } = scores.test;
  const level = 1 - endpoint.alpha;
  const several = severalScores(scores);
  if (several !== undefined) return compareSeedOfClasses(arm, control, scores, endpoint);
  // Networks of different folds are not ranked among each other: of folds, the mean over them.
  const delong =
    scores.folds === undefined
      ? pairedDeLong(labels, arm.test, control.test, { patients, level })
      : compareEndpoint(pairedScores([[arm, control]], scores), { metric: 'auroc' }, level);
  const { onlyArmRight, onlyControlRight, p } = mcNemar(
    decidedRight(arm, labels),
    decidedRight(control, labels),
    patients,
  );
  return {
    seed: arm.seed,
    delong: { difference: delong.difference, interval: asPair(delong.interval), p: delong.p },
    mcnemar: { onlyArmRight, onlyControlRight, p },
  };
}

/** The same for several classes: right is what is called what it is. */
function compareSeedOfClasses(
  arm: TrialScores,
  control: TrialScores,
  scores: StudyScores,
  endpoint: Endpoint,
): SeedComparison {
  const { several, patients } = scores.test;
  const right = (trial: TrialScores) =>
    calledClasses(trial).map((called, row) => Number(called === several!.labels[row]));
  const test = compareTrials([[arm, control]], scores, endpoint);
  const { onlyArmRight, onlyControlRight, p } = mcNemar(right(arm), right(control), patients);
  return {
    seed: arm.seed,
    delong: {
      difference: test.difference,
      interval: asPair(comparisonInterval(test, 1 - endpoint.alpha)),
      p: test.p,
    },
    mcnemar: { onlyArmRight, onlyControlRight, p },
  };
}

function comparisonStatement(
  names: ArmNames,
  difference: number,
  interval: IntervalEnds,
  ruled: RuledVerdict,
  endpoint: Endpoint,
): string {
  const direction = isLowerBetter(endpoint) ? 'lower is better; ' : '';
  const size = `${signed(difference)} in ${endpointName(endpoint)} (${direction}interval ${differenceInterval(interval, endpoint.margin)})`;
  return `${names.arm} against ${names.control}: ${ruled.verdict}, ${size}; ${explainVerdict(ruled.reason, names)}.`;
}
