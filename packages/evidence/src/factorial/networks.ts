import type { EndpointMeasure } from '../endpoint/measure.js';
import { type MeasuredScorings, measuredParts, type ScoringParts, scoringParts } from '../endpoint/measure-scorings.js';
import { type MeasuredPart, overStrata } from '../endpoint/strata.js';
import type { ClassParts } from '../roc/covariance.js';
import { meanOf } from '../seeds/summary.js';

/** Many networks that read the same records, measured once, to be compared in groups. */
export interface MeasuredNetworks {
  /** The endpoint of each. */
  readonly values: readonly number[];
  /**
   * Means of groups of networks, by their indices, with the covariance between groups over patients. It is what the covariance
   * between all networks gives, without that matrix, which for thousands of networks does not fit into memory: an
   * endpoint's covariance is linear in each record's part in it, so that parts are averaged first.
   */
  readonly groups: (members: readonly (readonly number[])[]) => MeasuredScorings;
}

/**
 * Measures an endpoint of many networks on a test part, or on several that are averaged: the folds of a cross-validation.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` as `measureScorings` does
 */
export function measureNetworks(measure: EndpointMeasure, strata: readonly MeasuredPart[]): MeasuredNetworks {
  const parts = strata.map(({ test, validation }) => scoringParts(measure, test, validation));
  return {
    values: parts[0]!.parts.map((_, i) => meanOf(parts.map((stratum) => stratum.parts[i]!.value))),
    groups: (members) => overStrata(parts.map((stratum) => measuredParts(grouped(stratum, members)))),
  };
}

function grouped({ parts, thresholds, ...rest }: ScoringParts, members: readonly (readonly number[])[]): ScoringParts {
  return {
    ...rest,
    parts: members.map((group) => meanParts(group.map((i) => parts[i]!))),
    ...(thresholds === undefined
      ? {}
      : { thresholds: members.map((group) => meanList(group.map((i) => thresholds[i]!))) }),
  };
}

function meanParts(parts: readonly ClassParts[]): ClassParts {
  const value = meanOf(parts.map((one) => one.value));
  return { ...parts[0]!, value, parts: meanList(parts.map((one) => one.parts)) };
}

/** The mean of lists of one length, place by place. */
export function meanList(lists: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(lists[0]!.length);
  for (const list of lists) for (let i = 0; i < sum.length; i++) sum[i]! += list[i]!;
  return sum.map((total) => total / lists.length);
}
