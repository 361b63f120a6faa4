import type { ComparisonVerdict } from '@chromaray/contracts';
import { type Interval, proportion, summarise } from '@chromaray/evidence';
import { type JudgedComparison, type JudgedStudy, noVerdicts } from './judge.js';

/** A share of studies with its Monte Carlo error. */
export interface CountedRate {
  readonly rate: number;
  readonly standardError: number;
  /** Wilson's, 95 %. */
  readonly interval: Interval;
  readonly studies: number;
}

/** What was counted over one series of studies. */
export interface SeriesRates {
  readonly studies: number;
  /** Share with a corrected p <= alpha for any arm: the type I error where the truth is 0, otherwise the power. */
  readonly significant: CountedRate;
  /** Share of studies in which the intervals of all arms hold the truth; of one arm, its coverage. */
  readonly coverage: CountedRate;
  /** How often each verdict was given, over all arms. */
  readonly verdicts: Readonly<Record<ComparisonVerdict, number>>;
  readonly meanDifference: number;
  /** Standard deviation of the differences over studies; null for a single study. */
  readonly deviation: number | null;
  readonly meanWidth: number;
  /**
   * Mean of the estimated variances over the variance that the differences have; 1 is right, below 1 the analysis claims
   * to know too much. Null for a single study.
   */
  readonly varianceRatio: VarianceRatio | null;
}

export interface VarianceRatio {
  readonly ratio: number;
  /** Of its logarithm: that of both variances. */
  readonly logError: number;
}

/** Counts how often the harness was right about studies of a known true difference; null without a study. */
export function seriesRates(studies: readonly JudgedStudy[], truth: number, alpha: number): SeriesRates | null {
  const comparisons = studies.flat();
  if (comparisons.length === 0) return null;
  const { mean, sd } = summarise(comparisons.map(({ difference }) => difference));
  const verdicts = noVerdicts();
  for (const { verdict } of comparisons) verdicts[verdict]++;
  return {
    studies: studies.length,
    significant: countedRate(studies, (study) => study.some(({ p }) => p <= alpha)),
    coverage: countedRate(studies, (study) => study.every((comparison) => holds(comparison, truth))),
    verdicts,
    meanDifference: mean,
    deviation: comparisons.length > 1 ? sd : null,
    meanWidth: comparisons.reduce((sum, { lower, upper }) => sum + upper - lower, 0) / comparisons.length,
    varianceRatio: comparisons.length > 1 ? varianceRatio(comparisons, studies.length) : null,
  };
}

/** Arms of one study share its control: the Monte Carlo error counts studies. */
function varianceRatio(comparisons: readonly JudgedComparison[], studies: number): VarianceRatio {
  const estimates = summarise(comparisons.map(({ standardError }) => standardError ** 2));
  const differences = summarise(comparisons.map(({ difference }) => difference));
  const fourth = summarise(comparisons.map(({ difference }) => (difference - differences.mean) ** 4)).mean;
  const excess = fourth / differences.sd ** 4 - 1;
  return {
    ratio: estimates.mean / differences.sd ** 2,
    logError: Math.sqrt(((estimates.sd / estimates.mean) ** 2 + excess) / studies),
  };
}

function holds({ lower, upper }: JudgedComparison, truth: number): boolean {
  return lower <= truth && truth <= upper;
}

/** The share of studies of which something holds. */
export function countedRate(studies: readonly JudgedStudy[], holds: (study: JudgedStudy) => boolean): CountedRate {
  return rateOf(studies.filter(holds).length, studies.length);
}

/** Several series' rates as one. */
export function pooledRate(rates: readonly CountedRate[]): CountedRate {
  const studies = rates.reduce((sum, rate) => sum + rate.studies, 0);
  return rateOf(Math.round(rates.reduce((sum, { rate, studies: n }) => sum + rate * n, 0)), studies);
}

function rateOf(count: number, n: number): CountedRate {
  const { value, interval } = proportion(count, n);
  return { rate: value!, standardError: Math.sqrt((value! * (1 - value!)) / n), interval: interval!, studies: n };
}
