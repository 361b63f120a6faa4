import type { IntervalEnds, MetricSummary } from '@chromaray/contracts';
import { summarise } from '@chromaray/evidence';

/** A measure at every seed, with the interval of its mean. */
export interface MeasuredOverSeeds {
  readonly perSeed: readonly number[];
  readonly interval: { readonly lower: number; readonly upper: number } | null;
}

export function metric({ perSeed, interval }: MeasuredOverSeeds): MetricSummary {
  const { mean, sd, n } = summarise(perSeed);
  return { mean, sd: n > 1 ? sd : null, perSeed, interval: interval === null ? null : asPair(interval) };
}

export function asPair({ lower, upper }: { readonly lower: number; readonly upper: number }): IntervalEnds {
  return [lower, upper];
}
