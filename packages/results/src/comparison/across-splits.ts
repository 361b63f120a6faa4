import { differenceInterval, level as levelText, signed } from '@chromaray/base';
import {
  type Comparison,
  type Endpoint,
  type EndpointKind,
  endpointName,
  type PartCounts,
  type SplitsComparison,
  type SplitsResult,
} from '@chromaray/contracts';
import { repeatedSplits } from '@chromaray/evidence';
import { type ArmName, armLearning, trialsOf } from './arm-results.js';
import { compareTrials } from './compare-arms.js';
import { asPair } from './metric-summary.js';
import { pairArms } from './pair-arms.js';
import type { StudyScores } from './study-scores.js';

/** What a study with several splits, or folds, has of them. */
export interface StudySplits {
  /** Splits that the study asks for. */
  readonly asked: number;
  /** Scores of each split whose trials are all finished; the study's own is the first. */
  readonly finished: readonly StudyScores[];
  /** True where they are folds, so that every record is tested once. */
  readonly areFolds?: boolean;
}

/** What the endpoint is, and what its differences mean. */
type EndpointAcrossSplits = EndpointKind & Pick<Endpoint, 'margin' | 'alpha'>;

/** Sizes of the parts of one split; those of the others differ by a few records. */
export interface SplitSizes {
  readonly train: Pick<PartCounts, 'records'>;
  readonly test: Pick<PartCounts, 'records'>;
}

/**
 * The wider answer to a comparison: how the arm differs from the control when both are also trained on other training sets.
 * It decides nothing; the verdict is that of the study's own split.
 */
export function acrossSplits(
  comparison: Pick<Comparison, 'arm' | 'control' | 'intervalLevel'>,
  { asked, finished, areFolds = false }: StudySplits,
  { train, test }: SplitSizes,
  endpoint: EndpointAcrossSplits,
): SplitsComparison {
  const { arm, control, intervalLevel } = comparison;
  const of = areFolds ? 'folds' : 'splits';
  const differences = finished.map((scores) => differenceOn(scores, arm, control, endpoint));
  const notLearned = finished.filter((scores) =>
    [arm, control].some(
      (name) => armLearning(trialsOf(name, scores), scores, 1 - endpoint.alpha, endpoint).notLearned !== null,
    ),
  ).length;
  const result = resampled(differences, { training: train.records, test: test.records }, intervalLevel);
  const splits = { asked, differences, notLearned, result };
  return { ...splits, statement: statement(comparison, splits, endpoint, of) };
}

function differenceOn(scores: StudyScores, arm: string, control: string, endpoint: EndpointKind): number {
  const arms: readonly ArmName[] = [
    { name: control, control: true },
    { name: arm, control: false },
  ];
  return compareTrials(pairArms(arms, scores)[0]!.trials, scores, endpoint).difference;
}

function resampled(
  differences: readonly number[],
  records: { readonly test: number; readonly training: number },
  level: number,
): SplitsResult | null {
  const differ = new Set(differences).size > 1;
  if (!differ) return null;
  const { mean, interval, p, standardError, degreesOfFreedom } = repeatedSplits(differences, records, level);
  return { mean, interval: asPair(interval), p, standardError, degreesOfFreedom };
}

/** Chosen by rule: learning first, then what the interval excludes. */
function statement(
  { arm, control, intervalLevel }: Pick<Comparison, 'arm' | 'control' | 'intervalLevel'>,
  { asked, differences, notLearned, result }: Omit<SplitsComparison, 'statement'>,
  endpoint: EndpointAcrossSplits,
  of: 'splits' | 'folds',
): string {
  const done = differences.length;
  const partial = done < asked ? ` (${done} of ${asked} ${of} are finished)` : '';
  const about = `With other training sets${partial}, ${arm} against ${control}: `;
  if (notLearned > 0) {
    return `${about}on ${notLearned} of ${done} ${of} one of the two is not shown to have learned, so nothing can be concluded.`;
  }
  if (done < 2) return `${about}nothing can be said before two ${of} are finished.`;
  if (result === null) {
    return `${about}all ${done} ${of} give the same difference, ${signed(differences[0]!)}, which says nothing about how it varies.`;
  }
  const { mean, interval } = result;
  const size = `mean difference over ${done} ${of} ${signed(mean)} in ${endpointName(endpoint)} (${levelText(intervalLevel)} interval ${differenceInterval(interval, endpoint.margin)})`;
  return `${about}${size}; ${conclusion(interval, endpoint)}.`;
}

function conclusion([lower, upper]: SplitsResult['interval'], endpoint: EndpointAcrossSplits): string {
  const { margin } = endpoint;
  if (lower > -margin && upper < margin) return `the interval excludes every difference of ${margin} or more`;
  if (lower > 0) return `the ${endpointName(endpoint)} of the arm is higher`;
  if (upper < 0) return `the ${endpointName(endpoint)} of the arm is lower`;
  return 'the interval includes 0, so a difference is not shown to hold with other training sets';
}
