import { type ArmResult, type Endpoint, type EndpointKind, twoClassMeasure } from '@chromaray/contracts';
import {
  type ArmParts,
  type ConfusionMatrix,
  classesOverSeeds,
  confusionMatrix,
  endpointOverSeeds,
  f1OverSeeds,
  type Learning,
  learning,
  learningOfClasses,
  proportionOverSeeds,
} from '@chromaray/evidence';
import { classResults } from './class-results.js';
import { foldsOf, sameTrial } from './fold-scores.js';
import { metric } from './metric-summary.js';
import { armClassScores, classMeasure, severalScores } from './several-classes.js';
import type { StudyScores, TrialScores } from './study-scores.js';

/** An arm as the study file names it. */
export interface ArmName {
  readonly name: string;
  readonly control: boolean;
}

/** What the endpoint is, and the level of intervals, 1 - alpha. */
type ArmEndpoint = EndpointKind & Pick<Endpoint, 'alpha'>;

/**
 * How each arm with a finished trial did on the test part. Every interval is of the mean over seeds above it, for new
 * patients and new seeds, clustered by patient.
 */
export function armResults(arms: readonly ArmName[], scores: StudyScores, endpoint: ArmEndpoint): readonly ArmResult[] {
  return arms.flatMap((arm) => {
    const trials = trialsOf(arm.name, scores);
    return trials.length === 0 ? [] : [armResult(arm, trials, scores, endpoint)];
  });
}

function armResult(
  arm: ArmName,
  trials: readonly TrialScores[],
  scores: StudyScores,
  endpoint: ArmEndpoint,
): ArmResult {
  const level = 1 - endpoint.alpha;
  const { labels, patients } = scores.test;
  const parts = foldsOf(scores).map((fold) => armParts(trials, fold));
  const auroc = endpointOverSeeds(parts, { metric: 'auroc' }, level);
  const { notLearned, perSeed } = armLearning(trials, scores, level, endpoint);
  const classes = classResults(trials, scores, level);
  return {
    arm: arm.name,
    control: arm.control,
    seeds: trials.map(({ seed }) => seed),
    learning: { notLearned, perSeed: perSeed.map((seed) => seed.notLearned) },
    auroc: metric(auroc),
    accuracy: metric(rateOverSeeds(trials, scores, () => true, level)),
    sensitivity: metric(rateOverSeeds(trials, scores, (label) => label === 1, level)),
    specificity: metric(rateOverSeeds(trials, scores, (label) => label === 0, level)),
    f1: metric(f1OverSeeds(labels, trials.map(decidedPositive), { patients, level })),
    ...(classes === undefined ? {} : { classes }),
    ...(isAurocOfTwo(endpoint, scores) ? {} : { endpoint: metric(measured(trials, scores, endpoint, level)) }),
  };
}

/** True where the endpoint is the AUROC that every arm's results have anyway. */
export function isAurocOfTwo({ metric: of }: EndpointKind, { test }: StudyScores): boolean {
  return of === 'auroc' && test.several === undefined;
}

function measured(trials: readonly TrialScores[], scores: StudyScores, endpoint: EndpointKind, level: number) {
  const several = severalScores(scores);
  if (several !== undefined) {
    return classesOverSeeds(armClassScores(several, trials), classMeasure(endpoint, several.names), level);
  }
  const parts = foldsOf(scores).map((fold) => armParts(trials, fold));
  return endpointOverSeeds(parts, twoClassMeasure(endpoint), level);
}

/** An arm's scores on one part, for the trials that count on all. */
function armParts(pooled: readonly TrialScores[], fold: StudyScores): ArmParts {
  const { test, validation } = fold;
  const trials = pooled.map((trial) => sameTrial(fold, trial));
  const { labels, patients } = test;
  const own = { labels, patients, scores: trials.map((trial) => trial.test) };
  const scores = trials.flatMap((trial) => trial.validation ?? []);
  if (validation === undefined || scores.length < trials.length) return own;
  return { ...own, validation: { labels: validation.labels, patients: validation.patients, scores } };
}

/** The share of right decisions among the records whose label is asked for. */
function rateOverSeeds(
  trials: readonly TrialScores[],
  { test }: StudyScores,
  counts: (label: number) => boolean,
  level: number,
): { readonly perSeed: readonly number[]; readonly interval: { lower: number; upper: number } } {
  const rows = [...test.labels.keys()].filter((row) => counts(test.labels[row]!));
  const outcomes = trials.map((trial) => {
    const right = decidedRight(trial, test.labels);
    return rows.map((row) => right[row]!);
  });
  return proportionOverSeeds({ outcomes, patients: rows.map((row) => test.patients[row]!) }, level);
}

export function trialsOf(arm: string, scores: StudyScores): readonly TrialScores[] {
  return scores.trials.filter((trial) => trial.arm === arm);
}

/** Whether an arm is shown to have learned, by all its finished trials; of several classes by what the endpoint measures. */
export function armLearning(
  trials: readonly TrialScores[],
  scores: StudyScores,
  level: number,
  endpoint: EndpointKind,
): Learning {
  const several = severalScores(scores);
  if (several !== undefined) {
    return learningOfClasses(armClassScores(several, trials), classMeasure(endpoint, several.names), level);
  }
  return learning(
    foldsOf(scores).map((fold) => armParts(trials, fold)),
    level,
  );
}

/** 1 where a trial calls a record positive at its own threshold. */
export function decidedPositive({
  test,
  threshold,
  thresholds,
}: Pick<TrialScores, 'test' | 'threshold' | 'thresholds'>): Uint8Array {
  return Uint8Array.from(test, (probability, i) => Number(probability >= (thresholds?.[i] ?? threshold)));
}

/** 1 where a trial's decision at its own threshold is right, 0 where it is wrong. */
export function decidedRight(trial: TrialScores, labels: Uint8Array): Uint8Array {
  return decidedPositive(trial).map((called, i) => Number(called === labels[i]));
}

/** A trial's decisions on the test part at its own threshold. */
export function testConfusion(trial: TrialScores, scores: StudyScores): ConfusionMatrix {
  return confusionMatrix(scores.test.labels, decidedPositive(trial), 1);
}
