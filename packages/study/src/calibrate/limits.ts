import { normalQuantile, wilsonInterval } from '@chromaray/evidence';
import type { CountedRate, SeriesRates, VarianceRatio } from './rates.js';

/** From and to, as shares of studies. */
export type Limits = readonly [least: number, most: number];

/** What the rates of a series must keep to; a rate without limits is only reported. */
export interface SeriesLimits {
  readonly significant?: Limits;
  readonly coverage?: Limits;
  /** Of estimated over true variance. */
  readonly variance?: Limits;
}

/** A rate that lies outside its limits by more than chance explains. */
export interface BrokenLimit {
  readonly series: string;
  readonly of: keyof SeriesLimits;
  readonly rate: number;
  readonly limits: Limits;
}

/** Confidence at which a rate must lie outside: few false alarms, and the more studies, the fewer faults pass. */
const level = 0.995;

/** The limits that a series breaks: those whose range the interval of what was counted misses as a whole. */
export function brokenLimits(series: string, rates: SeriesRates, limits: SeriesLimits): readonly BrokenLimit[] {
  const { significant, coverage, varianceRatio } = rates;
  const found: readonly (readonly [keyof SeriesLimits, number, Limits])[] = [
    ['significant', significant.rate, shareWithin(significant)],
    ['coverage', coverage.rate, shareWithin(coverage)],
    ...(varianceRatio === null ? [] : [['variance', varianceRatio.ratio, ratioWithin(varianceRatio)] as const]),
  ];
  return found.flatMap(([of, rate, [lower, upper]]) => {
    const range = limits[of];
    return range === undefined || (upper >= range[0] && lower <= range[1]) ? [] : [{ series, of, rate, limits: range }];
  });
}

/** Wilson's interval. */
function shareWithin({ rate, studies }: CountedRate): Limits {
  const { lower, upper } = wilsonInterval(rate * studies, studies, level);
  return [lower, upper];
}

function ratioWithin({ ratio, logError }: VarianceRatio): Limits {
  const reach = Math.exp(normalQuantile((1 + level) / 2) * logError);
  return [ratio / reach, ratio * reach];
}
