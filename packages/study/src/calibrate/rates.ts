import { type Interval, proportion, summarise, type VerdictWord } from '@chromaray/evidence';
import type { JudgedStudy } from './judge.js';

/** A rate counted over studies. */
export interface CountedRate {
  readonly rate: number;
  /** Monte Carlo standard error, sqrt(rate (1 - rate) / studies). */
  readonly standardError: number;
  /** Wilson's 95 % interval of the rate. */
  readonly interval: Interval;
  readonly studies: number;
}

export interface SeriesRates {
  readonly studies: number;
  /** Share with p <= alpha: the type I error where the truth is 0, otherwise the power. */
  readonly significant: CountedRate;
  /** Share of intervals that hold the truth. */
  readonly coverage: CountedRate;
  /** How often each verdict was given. */
  readonly verdicts: Readonly<Record<VerdictWord, number>>;
  readonly meanDifference: number;
  /** Standard deviation of the differences over studies; null for a single study. */
  readonly deviation: number | null;
  readonly meanWidth: number;
}

/** Counts how often the harness was right about studies of a known true difference; null without a study. */
export function seriesRates(studies: readonly JudgedStudy[], truth: number, alpha: number): SeriesRates | null {
  if (studies.length === 0) return null;
  const { mean, sd } = summarise(studies.map(({ difference }) => difference));
  const verdicts = {
    helps: 0,
    harms: 0,
    'no meaningful difference': 0,
    inconclusive: 0,
    'did not learn': 0,
    'control did not learn': 0,
  };
  for (const { verdict } of studies) verdicts[verdict]++;
  return {
    studies: studies.length,
    significant: countedRate(studies, ({ p }) => p <= alpha),
    coverage: countedRate(studies, ({ lower, upper }) => lower <= truth && truth <= upper),
    verdicts,
    meanDifference: mean,
    deviation: studies.length > 1 ? sd : null,
    meanWidth: studies.reduce((sum, { lower, upper }) => sum + upper - lower, 0) / studies.length,
  };
}

/** The share of studies of which something holds. */
export function countedRate(studies: readonly JudgedStudy[], holds: (study: JudgedStudy) => boolean): CountedRate {
  const n = studies.length;
  const { value, interval } = proportion(studies.filter(holds).length, n);
  return { rate: value!, standardError: Math.sqrt((value! * (1 - value!)) / n), interval: interval!, studies: n };
}
